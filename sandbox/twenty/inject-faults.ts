import { setTimeout } from 'node:timers/promises';
import type { RequestHandler, Response } from 'express';
import type { Server } from './server.ts';

/** Makes requests fail as tests asked, before or after the work is done. */
export function injectFaults(server: Server): RequestHandler {
  const { faults } = server;
  return async (request, response, next) => {
    const { path } = request;
    if (faults.take('down', path) !== undefined) {
      request.socket.destroy();
      return;
    }
    const delay = faults.take('delay', path);
    if (delay !== undefined) await setTimeout(delay.ms);
    const failure = faults.take('status', path);
    if (failure !== undefined) {
      response.status(failure.status).type('text').send('Internal Server Error');
      return;
    }
    if (faults.take('reset-after-commit', path) !== undefined) cutAnswer(response);
    next();
  };
}

/** The work goes on as usual; only the way back is cut at the first byte of the answer. */
function cutAnswer(response: Response): void {
  response.end = () => {
    response.socket?.destroy();
    return response;
  };
}
