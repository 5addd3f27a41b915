/** What is sealed of a registrant, as it is read back. */
import { z } from "zod";

export const registrationPerson = z.strictObject({
  name: z.string(),
  organisation: z.string(),
  email: z.string(),
  answers: z.array(z.strictObject({ id: z.string(), text: z.string() })),
});
