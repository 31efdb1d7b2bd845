/** Waiting between attempts: longer each time, shorter when the network comes back. */

export const DELAYS = [300, 800, 1600, 3000, 5000, 8000, 8000, 8000];

/** Comes back after the delay of that attempt, or as soon as the browser is online again. */
export function wait(attempt: number, signal: AbortSignal): Promise<void> {
  const delay = DELAYS[Math.min(attempt, DELAYS.length - 1)]!;
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', arrived);
      signal.removeEventListener('abort', aborted);
    };
    const arrived = () => {
      end();
      resolve();
    };
    const aborted = () => {
      end();
      reject(signal.reason);
    };
    const timer = setTimeout(arrived, delay * (0.75 + Math.random() / 2));
    globalThis.addEventListener?.('online', arrived, { once: true });
    signal.addEventListener('abort', aborted, { once: true });
  });
}
