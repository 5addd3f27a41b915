/** Tables of 0042-keys. */
export type KeyTables = {
  key_package: {
    instance_id: string;
    group_name: string;
    admission_id: string;
    digest: string;
    sealed: Buffer;
  };
  key_commit: {
    instance_id: string;
    group_name: string;
    digest: string;
    sealed: Buffer;
    sealed_welcome: Buffer | null;
  };
};
