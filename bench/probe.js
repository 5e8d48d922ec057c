/** Loaded ahead of a measured program: tells the bench, when asked, what its process has used. Plain JavaScript, so that no type stripper is measured with it. */

// A thread of the program loads this too, and has no channel.
if (process.channel) {
  process.on('message', (question) => {
    if (question !== 'usage') return;
    const { user, system } = process.cpuUsage();
    process.send({ cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss() });
  });
  // A program that was left alone ends; a program that ends is not kept by the channel.
  process.on('disconnect', () => process.exit(1));
  process.channel.unref();
}
