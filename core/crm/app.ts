/** The universal identifier of our application in Twenty, as in crm/manifest.json. Chosen once and kept. */
export const switchboardApp = '128c04d5-ad38-5b8b-a473-81a8fa76277c';
