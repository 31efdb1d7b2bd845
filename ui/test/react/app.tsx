/** A page with the unmodified bindings, in StrictMode: what a browser test of the host looks at. */
import { ChatKit, useChatKit } from '@openai/chatkit-react';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

const told: string[] = [];
Object.assign(window, { told });

function App() {
  const [scheme, setScheme] = useState<'light' | 'dark'>('light');
  const [isShown, show] = useState(true);
  const chat = useChatKit({
    api: { url: '/chatkit', domainKey: 'domain_pk_of_no_use' },
    theme: scheme,
    onReady: () => told.push('ready'),
    onThreadChange: ({ threadId }) => told.push(`thread ${threadId ? 'new' : 'none'}`),
    onResponseStart: () => told.push('start'),
    onResponseEnd: () => told.push('end'),
    onEffect: ({ name }) => told.push(`effect ${name}`),
    onError: ({ error }) => told.push(`error ${error.message}`),
    onToolChange: ({ toolId }) => told.push(`tool ${toolId}`),
    composer: { tools: [{ id: 'vet', label: 'Vet', icon: 'lifesaver' }] },
  });
  return (
    <>
      <button id="dark" onClick={() => setScheme('dark')}>Dark</button>
      <button id="hide" onClick={() => show(!isShown)}>Hide</button>
      <button id="send" onClick={() => void chat.sendUserMessage({ text: 'Hello' })}>Send</button>
      <button id="tool" onClick={() => void chat.setComposerValue({ text: 'Dear', selectedToolId: 'vet' })}>Tool</button>
      <button id="history" onClick={() => void chat.showHistory()}>History</button>
      {isShown && <ChatKit control={chat.control} className="mine" style={{ height: 500, width: 400 }} />}
    </>
  );
}

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
