/** The product's worker with a clock around it; only the bench builds it in. */
import "./time-streams.ts";
import "../frame-worker.ts";
