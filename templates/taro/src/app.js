// Nothing is shared between pages.
export default function App({ children }) {
  return children;
}
