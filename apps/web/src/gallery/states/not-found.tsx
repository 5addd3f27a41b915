import type { GalleryState } from "../state.ts";
import { NotFoundScreen } from "../../features/not-found/not-found-screen.tsx";

export const states: readonly GalleryState[] = [
  { id: "not-found", words: ["not-found"], render: () => <NotFoundScreen /> },
];
