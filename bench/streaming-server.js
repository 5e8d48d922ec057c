/** The reference for objects: bare node:http that streams a body to a file, which is synced before it is answered, and a file to an answer; or all of it on to another such server. Plain JavaScript, so that no type stripper is measured with it. */
const { Agent, createServer, request: connect } = process.getBuiltinModule('node:http');
const { createReadStream, createWriteStream } = process.getBuiltinModule('node:fs');
const { rename, stat } = process.getBuiltinModule('node:fs/promises');
const { join } = process.getBuiltinModule('node:path');
const { pipeline } = process.getBuiltinModule('node:stream/promises');

/** Where its files are, or the port of the server that has them. */
const [folder, behind] = process.argv.slice(2);

let puts = 0;

async function put(request, response, file) {
  const incoming = `${file}.${++puts}`;
  // What is acknowledged must be on the disk: `flush` is the fsync that any store needs.
  await pipeline(request, createWriteStream(incoming, { flush: true }));
  await rename(incoming, file);
  response.writeHead(200, { ETag: '"d41d8cd98f00b204e9800998ecf8427e"', 'Content-Length': 0 }).end();
}

async function get(response, file) {
  const { size } = await stat(file);
  response.writeHead(200, { ETag: '"d41d8cd98f00b204e9800998ecf8427e"', 'Content-Length': size });
  await pipeline(createReadStream(file), response);
}

const agent = new Agent({ keepAlive: true });

function handOn(request, response) {
  const { method, url, headers } = request;
  const onward = connect({ agent, port: Number(behind), host: '127.0.0.1', method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    void pipeline(answer, response);
  });
  void pipeline(request, onward);
}

const server = createServer((request, response) => {
  if (behind !== undefined) {
    handOn(request, response);
    return;
  }
  const file = join(folder, encodeURIComponent(request.url.split('?')[0]));
  (request.method === 'PUT' ? put(request, response, file) : get(response, file)).catch((error) => response.destroy(error));
});
// As Gatehouse: who waits for word is given it.
server.on('checkContinue', (request, response) => {
  response.writeContinue();
  server.emit('request', request, response);
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`answers at http://127.0.0.1:${server.address().port};\n`));
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  agent.destroy();
});
