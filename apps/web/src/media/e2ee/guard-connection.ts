/**
 * Puts the transforms on at the peer connection itself: whatever the media library does with it, no sender and no receiver
 * exists for an instant without one. A frame of a sender without a transform would leave in clear.
 */

export type Attach = {
  readonly sender: (sender: RTCRtpSender) => void;
  readonly receiver: (receiver: RTCRtpReceiver) => void;
  /** A transform could not be put on; the transceiver has been stopped. */
  readonly failed: () => void;
};

export function guardConnection(connection: RTCPeerConnection, attach: Attach): void {
  const both = (transceiver: RTCRtpTransceiver) => {
    try {
      attach.sender(transceiver.sender);
      attach.receiver(transceiver.receiver);
    } catch (error) {
      transceiver.stop();
      attach.failed();
      throw error;
    }
  };
  const addTransceiver = connection.addTransceiver.bind(connection);
  connection.addTransceiver = (...given) => {
    const transceiver = addTransceiver(...given);
    both(transceiver);
    return transceiver;
  };
  const addTrack = connection.addTrack.bind(connection);
  connection.addTrack = (...given) => {
    const sender = addTrack(...given);
    for (const transceiver of connection.getTransceivers()) both(transceiver);
    return sender;
  };
  connection.addEventListener("track", ({ transceiver }) => both(transceiver));
  for (const transceiver of connection.getTransceivers()) both(transceiver);
}

/** The library keeps its connection to itself. Without one there is nothing to guard, so nothing may begin. */
export function connectionOf(transport: unknown): RTCPeerConnection {
  const connection: unknown =
    typeof transport === "object" && transport !== null ? Reflect.get(transport, "_pc") : null;
  if (connection instanceof RTCPeerConnection) return connection;
  throw new Error("the media library hides its connection: frames cannot be protected");
}
