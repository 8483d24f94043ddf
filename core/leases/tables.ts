export interface LeaseTable {
  name: string;
  holder: string;
  expires_at: Date;
}

export interface LeaseTables {
  lease: LeaseTable;
}
