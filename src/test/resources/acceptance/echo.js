// Answers each message before it looks at what follows, so that even a close frame in the same segment finds it said.
const { WebSocketServer } = require('ws');

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 }, () => {
  console.log(`Listening on http://127.0.0.1:${server.address().port}`);
});
server.on('connection', (socket) => {
  socket.on('message', (data) => socket.send(`Message text was: ${data}`));
});
