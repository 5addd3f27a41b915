/** What TypeScript's library for pages does not know: a worker's side of a frame transform, and trusted addresses. */

export type EncodedFrame = RTCEncodedVideoFrame | RTCEncodedAudioFrame;

/** Half of what a frame's own metadata says; of a video frame, `type` stands beside it. */
export type FrameFacts = { readonly mimeType: string | null; readonly keyFrame: boolean };

export type Transformer = {
  readonly readable: ReadableStream<EncodedFrame>;
  readonly writable: WritableStream<EncodedFrame>;
  readonly options: unknown;
  readonly sendKeyFrameRequest?: () => Promise<void>;
};

export function transformerOf(event: Event): Transformer {
  return Reflect.get(event, "transformer") as Transformer;
}

export function factsOf(frame: EncodedFrame): FrameFacts {
  const mimeType: unknown = Reflect.get(frame.getMetadata(), "mimeType");
  return {
    mimeType: typeof mimeType === "string" ? mimeType.toLowerCase() : null,
    keyFrame: Reflect.get(frame, "type") === "key",
  };
}

type Policy = { readonly createScriptURL: (address: string) => string };
type Factory = {
  readonly createPolicy: (name: string, rules: { readonly createScriptURL: () => string }) => Policy;
};

/** A policy that knows one address and yields it whatever it is asked for (OPS-2); the address itself in a browser without. */
export function trustedAddress(name: string, address: string): string {
  const factory = Reflect.get(globalThis, "trustedTypes") as Factory | undefined;
  return factory?.createPolicy(name, { createScriptURL: () => address }).createScriptURL("") ?? address;
}
