// The smallest page that LiveKit's own components make a meeting of: their device check, then their conference.
import { LiveKitRoom, PreJoin, VideoConference } from "@livekit/components-react";
import "@livekit/components-styles";
import { createElement, useState } from "react";
import { createRoot } from "react-dom/client";

const query = new URLSearchParams(location.hash.slice(1));

function Page() {
  const [choices, setChoices] = useState(null);
  if (choices === null) return createElement(PreJoin, { onSubmit: setChoices, persistUserChoices: false });
  return createElement(
    LiveKitRoom,
    {
      serverUrl: query.get("server"),
      token: query.get("token"),
      audio: choices.audioEnabled,
      video: choices.videoEnabled,
      style: { height: "100vh" },
    },
    createElement(VideoConference),
  );
}

createRoot(document.getElementById("root")).render(createElement(Page));
