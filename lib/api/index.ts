import type { AnyContract } from '@/lib/http/contract';
import { getAccountContract, updateAccountContract } from './account';
import * as apiKeys from './api-keys';
import { exportAuditLogContract, listAuditLogContract } from './audit-log';
import * as billingRuns from './billing-runs';
import * as creditNotes from './credit-notes';
import * as disputes from './disputes';
import * as credits from './credits';
import * as dunning from './dunning';
import * as gatewayNotices from './gateway-notices';
import * as invoiceStates from './invoice-states';
import * as invoices from './invoices';
import * as checkouts from './checkouts';
import * as paymentMethods from './payment-methods';
import * as payments from './payments';
import { settleLeaseContract, takeLeaseContract } from './leases';
import { setLevelContract } from './levels';
import { getSellerLanguageContract, setSellerLanguageContract } from './seller-language';
import { setSellerLogoContract } from './seller-logo';
import * as members from './members';
import * as reconciliations from './reconciliations';
import * as refunds from './refunds';
import * as statements from './statements';
import * as addons from './addons';
import * as costCentres from './cost-centres';
import * as coupons from './coupons';
import * as items from './subscription-items';
import { getPlanContract, listPlansContract, publishPlanContract, retirePlanContract } from './plans';
import * as planVersions from './plan-versions';
import * as subscription from './subscription';
import * as life from './subscription-life';
import { beginTrialContract } from './trial';
import { listModelPricesContract, setModelPriceContract } from './model-prices';
import { createTokenContract, revokeTokenContract } from './tokens';
import { readSummaryContract } from './summary';
import { checkQuotaContract, consumeQuotaContract, readQuotaContract } from './quota';
import * as alerts from './alerts';
import { commitReservationContract, releaseReservationContract, reserveQuotaContract } from './reservations';
import * as adjustments from './quota-adjustments';
import * as spendCap from './spend-cap';
import * as webhooks from './webhooks';
import * as topUps from './top-ups';
import * as testClocks from './test-clocks';
import * as embedding from './embedding';
import * as usage from './usage';
import { unusualUsageContract, usageForecastContract } from './usage-outlook';
import { correctUsageContract, voidUsageContract } from './usage-corrections';

/** What product backends ask before and after every call of theirs: answered ahead of Next by the server of `npm start`. */
export const productContracts: readonly AnyContract[] = [
  readQuotaContract, checkQuotaContract, consumeQuotaContract,
  reserveQuotaContract, commitReservationContract, releaseReservationContract, setLevelContract, takeLeaseContract, settleLeaseContract,
  usage.recordUsageContract, voidUsageContract, correctUsageContract,
];

/** Every operation of the API, in the order in which the reference shows them. */
export const allContracts: readonly AnyContract[] = [
  createTokenContract, revokeTokenContract,
  getAccountContract, updateAccountContract, readSummaryContract,
  members.listMembersContract, members.changeRoleContract, members.removeMemberContract, members.leaveAccountContract,
  members.listInvitationsContract, members.inviteContract, members.resendInvitationContract, members.revokeInvitationContract,
  apiKeys.listApiKeysContract, apiKeys.createApiKeyContract, apiKeys.revokeApiKeyContract,
  embedding.createEmbedTokenContract, embedding.listEmbedOriginsContract, embedding.setEmbedOriginsContract,
  listAuditLogContract, exportAuditLogContract,
  listPlansContract, getPlanContract, publishPlanContract, retirePlanContract,
  addons.listAddonsContract, addons.publishAddonContract, addons.retireAddonContract,
  coupons.listCouponsContract, coupons.createCouponContract, coupons.endCouponContract,
  subscription.getSubscriptionContract, subscription.createSubscriptionContract, beginTrialContract, subscription.previewSubscriptionContract, subscription.confirmQuoteContract, subscription.giveUpChangeContract,
  subscription.upgradeSubscriptionContract, subscription.downgradeSubscriptionContract,
  subscription.cancelSubscriptionContract, life.previewCancellationContract, life.cancelNowContract, life.pauseSubscriptionContract, life.previewResumptionContract,
  subscription.resumeSubscriptionContract, subscription.changeManagedMethodContract, subscription.listSubscriptionsContract,
  items.previewQuantityContract, items.changeQuantityContract, items.previewAddonContract, items.changeAddonContract,
  items.previewCouponContract, items.redeemCouponContract, items.previewCouponRemovalContract, items.removeCouponContract,
  planVersions.previewVersionMoveContract, planVersions.moveVersionContract, planVersions.moveSubscribersContract, planVersions.setProrationUnitContract,
  readQuotaContract, checkQuotaContract, consumeQuotaContract,
  reserveQuotaContract, commitReservationContract, releaseReservationContract, setLevelContract, takeLeaseContract, settleLeaseContract,
  usage.recordUsageContract, voidUsageContract, correctUsageContract,
  usage.usageSummaryContract, usage.usageDetailContract, usage.usageExportContract, usage.usageSeriesContract, usage.usageBreakdownContract,
  usageForecastContract, unusualUsageContract,
  costCentres.listCostCentresContract, costCentres.createCostCentreContract, costCentres.getCostCentreContract, costCentres.changeCostCentreContract,
  costCentres.archiveCostCentreContract, costCentres.restoreCostCentreContract, costCentres.assignKeyContract,
  costCentres.readShowbackContract, costCentres.exportShowbackContract,
  spendCap.readSpendCapContract, spendCap.setSpendCapContract, spendCap.clearSpendCapContract,
  adjustments.listAdjustmentsContract, adjustments.setOverrideContract, adjustments.removeOverrideContract,
  adjustments.addBoostContract, adjustments.removeBoostContract,
  listModelPricesContract, setModelPriceContract,
  invoices.listInvoicesContract, invoices.exportInvoicesContract, invoices.generateInvoiceContract, invoices.getInvoiceContract, invoices.explainInvoiceLineContract, invoices.getInvoicePdfContract, invoices.exportInvoiceContract,
  invoiceStates.recordPaymentContract, invoiceStates.voidInvoiceContract, invoiceStates.markUncollectibleContract, invoiceStates.setPaymentTermContract,
  creditNotes.issueCreditNoteContract, creditNotes.listCreditNotesContract, creditNotes.getCreditNoteContract, creditNotes.getCreditNotePdfContract,
  credits.readCreditContract, credits.listGrantsContract, credits.listMovementsContract,
  topUps.createTopUpContract, topUps.listTopUpsContract, topUps.getTopUpContract, topUps.getAutomaticTopUpContract, topUps.setAutomaticTopUpContract,
  credits.giveCreditContract, credits.revokeGrantContract, credits.getWelcomePolicyContract, credits.setWelcomePolicyContract,
  statements.getStatementContract, statements.getStatementPdfContract, setSellerLogoContract, getSellerLanguageContract, setSellerLanguageContract,
  payments.payInvoiceContract, payments.readPaymentStatusContract,
  checkouts.createCheckoutContract, checkouts.createSetupCheckoutContract, checkouts.createSubscriptionCheckoutContract, checkouts.createManagedSubscriptionCheckoutContract, checkouts.getCheckoutContract,
  paymentMethods.listPaymentMethodsContract, paymentMethods.beginSetupContract, paymentMethods.finishSetupContract,
  paymentMethods.setDefaultMethodContract, paymentMethods.removeMethodContract,
  dunning.listDunningsContract, dunning.getDunningPolicyContract, dunning.setDunningPolicyContract,
  refunds.refundInvoiceContract, refunds.listRefundsContract, refunds.getRefundContract, refunds.retryRefundContract,
  disputes.listDisputesContract, disputes.getDisputeContract, disputes.answerDisputeContract, disputes.acceptDisputeContract, disputes.resolveDisputeContract, disputes.getLossPolicyContract, disputes.setLossPolicyContract,
  gatewayNotices.listNoticesContract, gatewayNotices.replayNoticeContract, gatewayNotices.replayDeadNoticesContract,
  reconciliations.requestReconciliationContract, reconciliations.listReconciliationsContract, reconciliations.getReconciliationContract,
  reconciliations.listDifferencesContract, reconciliations.adoptDifferenceContract, reconciliations.explainDifferenceContract,
  testClocks.createTestClockContract, testClocks.getTestClockContract, testClocks.advanceTestClockContract,
  billingRuns.listRunsContract, billingRuns.getRunContract,
  alerts.listViolationsContract, alerts.getThresholdsContract, alerts.setThresholdsContract,
  alerts.listAlertsContract, alerts.readAlertContract, alerts.unreadAlertContract, alerts.readAllAlertsContract, alerts.getAlertSettingsContract, alerts.setAlertSettingsContract,
  webhooks.listEndpointsContract, webhooks.createEndpointContract, webhooks.updateEndpointContract, webhooks.renewSecretContract, webhooks.deleteEndpointContract,
  webhooks.testEndpointContract, webhooks.listDeliveriesContract, webhooks.replayDeliveryContract,
];
