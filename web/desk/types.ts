/* What the desk's addresses give and take. */

export interface Account {
    id: number;
    email: string | null;
    name: string | null;
    language: string | null;
    state: string;
}

export interface Session {
    account: Account;
    csrf: string;
    must_change: boolean;
    rights: string[];
}
