/** The values that JSON can hold, read-only. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject { readonly [key: string]: Json | undefined }
