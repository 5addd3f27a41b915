import { useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Stack } from "../../ui/page.tsx";
import { TextArea } from "../../ui/text-area.tsx";

export interface MetadataRead {
  readonly entityId: string;
  readonly entryPoint: string;
  readonly certificates: readonly string[];
}

/** Pasted, and read by the server: the page itself parses no markup that somebody else wrote. */
export function MetadataField({ onRead }: { onRead: (read: MetadataRead) => void }): ReactNode {
  const t = useWords("identity-providers");
  const [xml, setXml] = useState("");
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const read = async () => {
    setWorking(true);
    setProblem(undefined);
    try {
      onRead(await call("POST", "/api/organisation/provider-metadata", { body: { xml } }));
      setXml("");
    } catch {
      setProblem(t("metadata.bad"));
    } finally {
      setWorking(false);
    }
  };
  return (
    <Stack gap="tight">
      <TextArea
        label={t("metadata")}
        hint={t("metadata.hint")}
        spellCheck={false}
        value={xml}
        onChange={setXml}
        error={problem}
      />
      <div>
        <Button busy={working ? t("working") : undefined} onClick={() => xml.trim() !== "" && void read()}>
          {t("metadata.read")}
        </Button>
      </div>
    </Stack>
  );
}
