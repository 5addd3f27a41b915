/** A blurred figure as a video, so that the gallery's pictures look like a meeting. Returns a function that ends it. */
export function paintFigure(element: HTMLVideoElement, hue: number, source: "camera" | "screen"): () => void {
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 360;
  const context = canvas.getContext("2d");
  if (context === null) return () => undefined;
  if (source === "screen") paintScreen(context);
  else paintPerson(context, hue);
  const stream = canvas.captureStream(1);
  element.srcObject = stream;
  return () => {
    for (const track of stream.getTracks()) track.stop();
    element.srcObject = null;
  };
}

function paintPerson(context: CanvasRenderingContext2D, hue: number): void {
  context.fillStyle = `hsl(${hue} 14% 30%)`;
  context.fillRect(0, 0, 640, 360);
  context.filter = "blur(12px)";
  context.fillStyle = `hsl(${hue} 14% 38%)`;
  context.fillRect(40, 40, 130, 190);
  context.fillStyle = `hsl(${(hue + 200) % 360} 20% 22%)`;
  context.beginPath();
  context.ellipse(320, 380, 170, 130, 0, 0, 7);
  context.fill();
  context.fillStyle = "#2c2522";
  context.beginPath();
  context.ellipse(320, 140, 78, 84, 0, 0, 7);
  context.fill();
  context.fillStyle = "#d9b08f";
  context.beginPath();
  context.ellipse(320, 172, 62, 80, 0, 0, 7);
  context.fill();
  context.fillRect(288, 220, 64, 70);
}

function paintScreen(context: CanvasRenderingContext2D): void {
  context.fillStyle = "#f7f6f2";
  context.fillRect(0, 0, 640, 360);
  context.fillStyle = "#21508f";
  context.fillRect(48, 40, 300, 22);
  context.fillStyle = "#c9ccd1";
  for (let line = 0; line < 7; line += 1) context.fillRect(48, 92 + line * 34, 460 - (line % 3) * 70, 12);
}
