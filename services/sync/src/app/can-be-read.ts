/** Nobody but the customer's own browser sees the account of a companion (S3-02). */
export function canBeRead({ provider }: { readonly provider: string }): boolean {
  return provider !== 'companion';
}
