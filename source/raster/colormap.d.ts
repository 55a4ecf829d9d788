// The package's own table of stops, which its types leave out: its keys are the list of maps.
declare module 'colormap/colorScale.js' {
	const colorScale: Readonly<Record<string, unknown>>;
	export default colorScale;
}
