export { default } from '../../[invoiceId]/loading';
