// Echo for the Autobahn test suite: messages of up to 65,536 fragments belong to its cases, and short compressed ones.
const { WebSocketServer } = require('ws');

const options = { host: '127.0.0.1', port: 0, perMessageDeflate: { threshold: 0 }, maxPayload: 0, maxFragments: 0 };
const server = new WebSocketServer(options, () => {
  console.log(`Listening on http://127.0.0.1:${server.address().port}`);
});
server.on('connection', (socket) => {
  // Cases break the protocol, which ws answers by itself.
  socket.on('error', () => {});
  socket.on('message', (data, binary) => socket.send(data, { binary }));
});
