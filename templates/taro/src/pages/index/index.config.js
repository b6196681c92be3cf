// The page's title is the app's.
export default {};
