/** The reference: a bare node:http server that reads the body and answers what it was told to. Plain JavaScript, so that no type stripper is measured with it. */

// An `import` of node:http looks at each of its exports and so loads fetch and WebSocket too, which doubles the cost of this start.
const { createServer } = process.getBuiltinModule('node:http');

let answer = { status: 200, headers: {}, body: '' };
process.on('message', (message) => {
  if (message.body === undefined) return;
  answer = message;
  process.send('told');
});
process.channel.unref();

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    Buffer.concat(chunks);
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body, 'latin1');
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`answers at http://127.0.0.1:${server.address().port};\n`));
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
