"""Google's classes and objects as typed dictionaries: an editor completes their keys, mypy checks them.

    from walletcard.google import lint, typed

    offer: typed.OfferClass = {"id": "3388000000012345678.spring", "title": "Spring", ...}
    lint("OfferClass", offer)

Made by ``scripts/make_google_types.py`` from revision 20260806 of Google's document; what Google calls deprecated, or
alone sets, is left out. Whole numbers of 64 bits are text, as Google writes them.
"""

from __future__ import annotations

from typing import Literal, Required, TypedDict

__all__ = [
    "ActivationOptions",
    "ActivationStatus",
    "AirportInfo",
    "AppLinkData",
    "AppLinkDataAppLinkInfo",
    "AppLinkDataAppLinkInfoAppTarget",
    "Barcode",
    "BarcodeSectionDetail",
    "BoardingAndSeatingInfo",
    "BoardingAndSeatingPolicy",
    "CallbackOptions",
    "CardBarcodeSectionDetails",
    "CardRowOneItem",
    "CardRowTemplateInfo",
    "CardRowThreeItems",
    "CardRowTwoItems",
    "CardTemplateOverride",
    "ClassTemplateInfo",
    "DateTime",
    "DetailsItemInfo",
    "DetailsTemplateOverride",
    "DeviceContext",
    "DiscoverableProgram",
    "DiscoverableProgramMerchantSigninInfo",
    "DiscoverableProgramMerchantSignupInfo",
    "EventDateTime",
    "EventReservationInfo",
    "EventSeat",
    "EventTicketClass",
    "EventTicketObject",
    "EventVenue",
    "ExpiryNotification",
    "FieldReference",
    "FieldSelector",
    "FirstRowOption",
    "FlightCarrier",
    "FlightClass",
    "FlightHeader",
    "FlightObject",
    "FrequentFlyerInfo",
    "GenericClass",
    "GenericObject",
    "GiftCardClass",
    "GiftCardObject",
    "GroupingInfo",
    "Image",
    "ImageModuleData",
    "ImageUri",
    "InfoModuleData",
    "LabelValue",
    "LabelValueRow",
    "LatLongPoint",
    "LinksModuleData",
    "ListTemplateOverride",
    "LocalizedString",
    "LoyaltyClass",
    "LoyaltyObject",
    "LoyaltyPoints",
    "LoyaltyPointsBalance",
    "MerchantLocation",
    "Message",
    "ModuleViewConstraints",
    "Money",
    "Notifications",
    "OfferClass",
    "OfferObject",
    "PassConstraints",
    "PurchaseDetails",
    "ReservationInfo",
    "Resources",
    "Review",
    "RotatingBarcode",
    "RotatingBarcodeTotpDetails",
    "RotatingBarcodeTotpDetailsTotpParameters",
    "RotatingBarcodeValues",
    "SaveRestrictions",
    "SecurityAnimation",
    "TemplateItem",
    "TextModuleData",
    "TicketCost",
    "TicketLeg",
    "TicketRestrictions",
    "TicketSeat",
    "TimeInterval",
    "TransitClass",
    "TransitObject",
    "TranslatedString",
    "UpcomingNotification",
    "Uri",
    "ValueAddedModuleData",
]


_ActivationStatusState = Literal["UNKNOWN_STATE", "NOT_ACTIVATED", "ACTIVATED"]
_BarcodeRenderEncoding = Literal["UTF_8"]
_BarcodeType = Literal[
    "AZTEC",
    "CODE_39",
    "CODE_128",
    "CODABAR",
    "DATA_MATRIX",
    "EAN_8",
    "EAN_13",
    "ITF_14",
    "PDF_417",
    "QR_CODE",
    "UPC_A",
    "TEXT_ONLY",
]
_BoardingAndSeatingInfoBoardingDoor = Literal["FRONT", "BACK"]
_BoardingAndSeatingPolicyBoardingPolicy = Literal["ZONE_BASED", "GROUP_BASED", "BOARDING_POLICY_OTHER"]
_BoardingAndSeatingPolicySeatClassPolicy = Literal[
    "CABIN_BASED",
    "CLASS_BASED",
    "TIER_BASED",
    "SEAT_CLASS_POLICY_OTHER",
]
_DiscoverableProgramState = Literal["TRUSTED_TESTERS", "LIVE", "DISABLED"]
_DiscoverableProgramMerchantSignupInfoSignupSharedDatas = Literal[
    "FIRST_NAME",
    "LAST_NAME",
    "STREET_ADDRESS",
    "ADDRESS_LINE_1",
    "ADDRESS_LINE_2",
    "ADDRESS_LINE_3",
    "CITY",
    "STATE",
    "ZIPCODE",
    "COUNTRY",
    "EMAIL",
    "PHONE",
]
_EventDateTimeDoorsOpenLabel = Literal["DOORS_OPEN", "GATES_OPEN"]
_EventTicketClassConfirmationCodeLabel = Literal[
    "CONFIRMATION_CODE",
    "CONFIRMATION_NUMBER",
    "ORDER_NUMBER",
    "RESERVATION_NUMBER",
]
_EventTicketClassGateLabel = Literal["GATE", "DOOR", "ENTRANCE"]
_EventTicketClassMultipleDevicesAndHoldersAllowedStatus = Literal[
    "MULTIPLE_HOLDERS",
    "ONE_USER_ALL_DEVICES",
    "ONE_USER_ONE_DEVICE",
]
_EventTicketClassNotifyPreference = Literal["NOTIFY_ON_UPDATE"]
_EventTicketClassReviewStatus = Literal["UNDER_REVIEW", "APPROVED", "REJECTED", "DRAFT"]
_EventTicketClassRowLabel = Literal["ROW"]
_EventTicketClassSeatLabel = Literal["SEAT"]
_EventTicketClassSectionLabel = Literal["SECTION", "THEATER"]
_EventTicketClassViewUnlockRequirement = Literal["UNLOCK_NOT_REQUIRED", "UNLOCK_REQUIRED_TO_VIEW"]
_EventTicketObjectState = Literal["ACTIVE", "COMPLETED", "EXPIRED", "INACTIVE"]
_FieldReferenceDateFormat = Literal[
    "DATE_TIME",
    "DATE_ONLY",
    "TIME_ONLY",
    "DATE_TIME_YEAR",
    "DATE_YEAR",
    "YEAR_MONTH",
    "YEAR_MONTH_DAY",
]
_FirstRowOptionTransitOption = Literal["ORIGIN_AND_DESTINATION_NAMES", "ORIGIN_AND_DESTINATION_CODES", "ORIGIN_NAME"]
_FlightClassFlightStatus = Literal["SCHEDULED", "ACTIVE", "LANDED", "CANCELLED", "REDIRECTED", "DIVERTED"]
_GenericObjectGenericType = Literal[
    "GENERIC_SEASON_PASS",
    "GENERIC_UTILITY_BILLS",
    "GENERIC_PARKING_PASS",
    "GENERIC_VOUCHER",
    "GENERIC_GYM_MEMBERSHIP",
    "GENERIC_LIBRARY_MEMBERSHIP",
    "GENERIC_RESERVATIONS",
    "GENERIC_AUTO_INSURANCE",
    "GENERIC_HOME_INSURANCE",
    "GENERIC_ENTRY_TICKET",
    "GENERIC_RECEIPT",
    "GENERIC_LOYALTY_CARD",
    "GENERIC_BUSINESS_CARD",
    "GENERIC_BARCODE_PASS",
    "GENERIC_MEMBERSHIP_CARD",
    "GENERIC_STUDENT_CARD",
    "GENERIC_TRANSIT_PASS",
    "GENERIC_VEHICLE_REGISTRATION",
    "GENERIC_OTHER",
]
_MessageMessageType = Literal["TEXT", "EXPIRATION_NOTIFICATION", "TEXT_AND_NOTIFY"]
_OfferClassRedemptionChannel = Literal["INSTORE", "ONLINE", "BOTH", "TEMPORARY_PRICE_REDUCTION"]
_PassConstraintsNfcConstraint = Literal["BLOCK_PAYMENT", "BLOCK_CLOSED_LOOP_TRANSIT"]
_PassConstraintsScreenshotEligibility = Literal["ELIGIBLE", "INELIGIBLE"]
_RotatingBarcodeTotpDetailsAlgorithm = Literal["TOTP_SHA1"]
_SecurityAnimationAnimationType = Literal["FOIL_SHIMMER"]
_TemplateItemPredefinedItem = Literal[
    "FREQUENT_FLYER_PROGRAM_NAME_AND_NUMBER",
    "FLIGHT_NUMBER_AND_OPERATING_FLIGHT_NUMBER",
]
_TicketSeatFareClass = Literal["ECONOMY", "FIRST", "BUSINESS"]
_TransitClassTransitType = Literal["BUS", "RAIL", "TRAM", "FERRY", "OTHER"]
_TransitObjectConcessionCategory = Literal["ADULT", "CHILD", "SENIOR"]
_TransitObjectPassengerType = Literal["SINGLE_PASSENGER", "MULTIPLE_PASSENGERS"]
_TransitObjectTicketStatus = Literal["USED", "REFUNDED", "EXCHANGED"]
_TransitObjectTripType = Literal["ROUND_TRIP", "ONE_WAY"]


class ActivationOptions(TypedDict, total=False):
    """Google's ``ActivationOptions``."""

    activationUrl: str
    allowReactivation: bool


class ActivationStatus(TypedDict, total=False):
    """Google's ``ActivationStatus``."""

    state: _ActivationStatusState


class AirportInfo(TypedDict, total=False):
    """Google's ``AirportInfo``."""

    airportIataCode: Required[str]
    airportNameOverride: LocalizedString
    gate: str
    terminal: str


class AppLinkData(TypedDict, total=False):
    """Google's ``AppLinkData``."""

    androidAppLinkInfo: AppLinkDataAppLinkInfo
    displayText: LocalizedString
    webAppLinkInfo: AppLinkDataAppLinkInfo


class AppLinkDataAppLinkInfo(TypedDict, total=False):
    """Google's ``AppLinkDataAppLinkInfo``."""

    appTarget: AppLinkDataAppLinkInfoAppTarget


class AppLinkDataAppLinkInfoAppTarget(TypedDict, total=False):
    """Google's ``AppLinkDataAppLinkInfoAppTarget``."""

    packageName: str
    targetUri: Uri


class Barcode(TypedDict, total=False):
    """Google's ``Barcode``."""

    alternateText: str
    renderEncoding: _BarcodeRenderEncoding
    showCodeText: LocalizedString
    type: _BarcodeType
    value: str


class BarcodeSectionDetail(TypedDict, total=False):
    """Google's ``BarcodeSectionDetail``."""

    fieldSelector: FieldSelector


class BoardingAndSeatingInfo(TypedDict, total=False):
    """Google's ``BoardingAndSeatingInfo``."""

    boardingDoor: _BoardingAndSeatingInfoBoardingDoor
    boardingGroup: str
    boardingPosition: str
    boardingPrivilegeImage: Image
    seatAssignment: LocalizedString
    seatClass: str
    seatNumber: str
    sequenceNumber: str


class BoardingAndSeatingPolicy(TypedDict, total=False):
    """Google's ``BoardingAndSeatingPolicy``."""

    boardingPolicy: _BoardingAndSeatingPolicyBoardingPolicy
    seatClassPolicy: _BoardingAndSeatingPolicySeatClassPolicy


class CallbackOptions(TypedDict, total=False):
    """Google's ``CallbackOptions``."""

    url: str


class CardBarcodeSectionDetails(TypedDict, total=False):
    """Google's ``CardBarcodeSectionDetails``."""

    firstBottomDetail: BarcodeSectionDetail
    firstTopDetail: BarcodeSectionDetail
    secondTopDetail: BarcodeSectionDetail


class CardRowOneItem(TypedDict, total=False):
    """Google's ``CardRowOneItem``."""

    item: TemplateItem


class CardRowTemplateInfo(TypedDict, total=False):
    """Google's ``CardRowTemplateInfo``."""

    oneItem: CardRowOneItem
    threeItems: CardRowThreeItems
    twoItems: CardRowTwoItems


class CardRowThreeItems(TypedDict, total=False):
    """Google's ``CardRowThreeItems``."""

    endItem: TemplateItem
    middleItem: TemplateItem
    startItem: TemplateItem


class CardRowTwoItems(TypedDict, total=False):
    """Google's ``CardRowTwoItems``."""

    endItem: TemplateItem
    startItem: TemplateItem


class CardTemplateOverride(TypedDict, total=False):
    """Google's ``CardTemplateOverride``."""

    cardRowTemplateInfos: list[CardRowTemplateInfo]


class ClassTemplateInfo(TypedDict, total=False):
    """Google's ``ClassTemplateInfo``."""

    cardBarcodeSectionDetails: CardBarcodeSectionDetails
    cardTemplateOverride: CardTemplateOverride
    detailsTemplateOverride: DetailsTemplateOverride
    listTemplateOverride: ListTemplateOverride


class DateTime(TypedDict, total=False):
    """Google's ``DateTime``."""

    date: str


class DetailsItemInfo(TypedDict, total=False):
    """Google's ``DetailsItemInfo``."""

    item: TemplateItem


class DetailsTemplateOverride(TypedDict, total=False):
    """Google's ``DetailsTemplateOverride``."""

    detailsItemInfos: list[DetailsItemInfo]


class DeviceContext(TypedDict, total=False):
    """Google's ``DeviceContext``."""

    deviceToken: str


class DiscoverableProgram(TypedDict, total=False):
    """Google's ``DiscoverableProgram``."""

    merchantSigninInfo: DiscoverableProgramMerchantSigninInfo
    merchantSignupInfo: DiscoverableProgramMerchantSignupInfo
    state: _DiscoverableProgramState


class DiscoverableProgramMerchantSigninInfo(TypedDict, total=False):
    """Google's ``DiscoverableProgramMerchantSigninInfo``."""

    signinWebsite: Uri


class DiscoverableProgramMerchantSignupInfo(TypedDict, total=False):
    """Google's ``DiscoverableProgramMerchantSignupInfo``."""

    signupSharedDatas: list[_DiscoverableProgramMerchantSignupInfoSignupSharedDatas]
    signupWebsite: Uri


class EventDateTime(TypedDict, total=False):
    """Google's ``EventDateTime``."""

    customDoorsOpenLabel: LocalizedString
    doorsOpen: str
    doorsOpenLabel: _EventDateTimeDoorsOpenLabel
    end: str
    start: str


class EventReservationInfo(TypedDict, total=False):
    """Google's ``EventReservationInfo``."""

    confirmationCode: str


class EventSeat(TypedDict, total=False):
    """Google's ``EventSeat``."""

    gate: LocalizedString
    row: LocalizedString
    seat: LocalizedString
    section: LocalizedString


class EventTicketClass(TypedDict, total=False):
    """Google's ``EventTicketClass``."""

    appLinkData: AppLinkData
    callbackOptions: CallbackOptions
    classTemplateInfo: ClassTemplateInfo
    confirmationCodeLabel: _EventTicketClassConfirmationCodeLabel
    countryCode: str
    customConfirmationCodeLabel: LocalizedString
    customGateLabel: LocalizedString
    customRowLabel: LocalizedString
    customSeatLabel: LocalizedString
    customSectionLabel: LocalizedString
    dateTime: EventDateTime
    enableSmartTap: bool
    eventId: str
    eventName: Required[LocalizedString]
    finePrint: LocalizedString
    gateLabel: _EventTicketClassGateLabel
    heroImage: Image
    hexBackgroundColor: str
    homepageUri: Uri
    id: Required[str]
    imageModulesData: list[ImageModuleData]
    issuerName: Required[str]
    linksModuleData: LinksModuleData
    localizedIssuerName: LocalizedString
    logo: Image
    merchantLocations: list[MerchantLocation]
    messages: list[Message]
    multipleDevicesAndHoldersAllowedStatus: _EventTicketClassMultipleDevicesAndHoldersAllowedStatus
    notifyPreference: _EventTicketClassNotifyPreference
    redemptionIssuers: list[str]
    reviewStatus: Required[_EventTicketClassReviewStatus]
    rowLabel: _EventTicketClassRowLabel
    seatLabel: _EventTicketClassSeatLabel
    sectionLabel: _EventTicketClassSectionLabel
    securityAnimation: SecurityAnimation
    textModulesData: list[TextModuleData]
    valueAddedModuleData: list[ValueAddedModuleData]
    venue: EventVenue
    viewUnlockRequirement: _EventTicketClassViewUnlockRequirement
    wideLogo: Image


class EventTicketObject(TypedDict, total=False):
    """Google's ``EventTicketObject``."""

    appLinkData: AppLinkData
    barcode: Barcode
    classId: Required[str]
    disableExpirationNotification: bool
    faceValue: Money
    groupingInfo: GroupingInfo
    heroImage: Image
    hexBackgroundColor: str
    id: Required[str]
    imageModulesData: list[ImageModuleData]
    infoModuleData: InfoModuleData
    linkedObjectIds: list[str]
    linkedOfferIds: list[str]
    linksModuleData: LinksModuleData
    merchantLocations: list[MerchantLocation]
    messages: list[Message]
    notifyPreference: _EventTicketClassNotifyPreference
    passConstraints: PassConstraints
    reservationInfo: EventReservationInfo
    rotatingBarcode: RotatingBarcode
    saveRestrictions: SaveRestrictions
    seatInfo: EventSeat
    smartTapRedemptionValue: str
    state: Required[_EventTicketObjectState]
    textModulesData: list[TextModuleData]
    ticketHolderName: str
    ticketNumber: str
    ticketType: LocalizedString
    validTimeInterval: TimeInterval
    valueAddedModuleData: list[ValueAddedModuleData]


class EventVenue(TypedDict, total=False):
    """Google's ``EventVenue``."""

    address: Required[LocalizedString]
    name: Required[LocalizedString]


class ExpiryNotification(TypedDict, total=False):
    """Google's ``ExpiryNotification``."""

    enableNotification: bool


class FieldReference(TypedDict, total=False):
    """Google's ``FieldReference``."""

    dateFormat: _FieldReferenceDateFormat
    fieldPath: str


class FieldSelector(TypedDict, total=False):
    """Google's ``FieldSelector``."""

    fields: list[FieldReference]


class FirstRowOption(TypedDict, total=False):
    """Google's ``FirstRowOption``."""

    fieldOption: FieldSelector
    transitOption: _FirstRowOptionTransitOption


class FlightCarrier(TypedDict, total=False):
    """Google's ``FlightCarrier``."""

    airlineAllianceLogo: Image
    airlineLogo: Image
    airlineName: LocalizedString
    carrierIataCode: str
    carrierIcaoCode: str
    wideAirlineLogo: Image


class FlightClass(TypedDict, total=False):
    """Google's ``FlightClass``."""

    appLinkData: AppLinkData
    boardingAndSeatingPolicy: BoardingAndSeatingPolicy
    callbackOptions: CallbackOptions
    classTemplateInfo: ClassTemplateInfo
    countryCode: str
    destination: Required[AirportInfo]
    enableSmartTap: bool
    flightHeader: Required[FlightHeader]
    flightStatus: _FlightClassFlightStatus
    heroImage: Image
    hexBackgroundColor: str
    homepageUri: Uri
    id: Required[str]
    imageModulesData: list[ImageModuleData]
    issuerName: Required[str]
    languageOverride: str
    linksModuleData: LinksModuleData
    localBoardingDateTime: str
    localEstimatedOrActualArrivalDateTime: str
    localEstimatedOrActualDepartureDateTime: str
    localGateClosingDateTime: str
    localScheduledArrivalDateTime: str
    localScheduledDepartureDateTime: Required[str]
    localizedIssuerName: LocalizedString
    merchantLocations: list[MerchantLocation]
    messages: list[Message]
    multipleDevicesAndHoldersAllowedStatus: _EventTicketClassMultipleDevicesAndHoldersAllowedStatus
    notifyPreference: _EventTicketClassNotifyPreference
    origin: Required[AirportInfo]
    redemptionIssuers: list[str]
    reviewStatus: Required[_EventTicketClassReviewStatus]
    securityAnimation: SecurityAnimation
    textModulesData: list[TextModuleData]
    valueAddedModuleData: list[ValueAddedModuleData]
    viewUnlockRequirement: _EventTicketClassViewUnlockRequirement


class FlightHeader(TypedDict, total=False):
    """Google's ``FlightHeader``."""

    carrier: Required[FlightCarrier]
    flightNumber: Required[str]
    flightNumberDisplayOverride: str
    operatingCarrier: FlightCarrier
    operatingFlightNumber: str


class FlightObject(TypedDict, total=False):
    """Google's ``FlightObject``."""

    appLinkData: AppLinkData
    barcode: Barcode
    boardingAndSeatingInfo: BoardingAndSeatingInfo
    classId: Required[str]
    disableExpirationNotification: bool
    groupingInfo: GroupingInfo
    heroImage: Image
    hexBackgroundColor: str
    id: Required[str]
    imageModulesData: list[ImageModuleData]
    infoModuleData: InfoModuleData
    linkedObjectIds: list[str]
    linksModuleData: LinksModuleData
    merchantLocations: list[MerchantLocation]
    messages: list[Message]
    notifyPreference: _EventTicketClassNotifyPreference
    passConstraints: PassConstraints
    passengerName: Required[str]
    reservationInfo: Required[ReservationInfo]
    rotatingBarcode: RotatingBarcode
    saveRestrictions: SaveRestrictions
    securityProgramLogo: Image
    smartTapRedemptionValue: str
    state: Required[_EventTicketObjectState]
    textModulesData: list[TextModuleData]
    validTimeInterval: TimeInterval
    valueAddedModuleData: list[ValueAddedModuleData]


class FrequentFlyerInfo(TypedDict, total=False):
    """Google's ``FrequentFlyerInfo``."""

    frequentFlyerNumber: Required[str]
    frequentFlyerProgramName: LocalizedString


class GenericClass(TypedDict, total=False):
    """Google's ``GenericClass``."""

    appLinkData: AppLinkData
    callbackOptions: CallbackOptions
    classTemplateInfo: ClassTemplateInfo
    enableSmartTap: bool
    id: Required[str]
    imageModulesData: list[ImageModuleData]
    linksModuleData: LinksModuleData
    merchantLocations: list[MerchantLocation]
    messages: list[Message]
    multipleDevicesAndHoldersAllowedStatus: _EventTicketClassMultipleDevicesAndHoldersAllowedStatus
    redemptionIssuers: list[str]
    securityAnimation: SecurityAnimation
    textModulesData: list[TextModuleData]
    valueAddedModuleData: list[ValueAddedModuleData]
    viewUnlockRequirement: _EventTicketClassViewUnlockRequirement


class GenericObject(TypedDict, total=False):
    """Google's ``GenericObject``."""

    appLinkData: AppLinkData
    barcode: Barcode
    cardTitle: Required[LocalizedString]
    classId: Required[str]
    genericType: _GenericObjectGenericType
    groupingInfo: GroupingInfo
    header: Required[LocalizedString]
    heroImage: Image
    hexBackgroundColor: str
    id: Required[str]
    imageModulesData: list[ImageModuleData]
    linkedObjectIds: list[str]
    linksModuleData: LinksModuleData
    logo: Image
    merchantLocations: list[MerchantLocation]
    messages: list[Message]
    notifications: Notifications
    passConstraints: PassConstraints
    rotatingBarcode: RotatingBarcode
    saveRestrictions: SaveRestrictions
    smartTapRedemptionValue: str
    state: _EventTicketObjectState
    subheader: LocalizedString
    textModulesData: list[TextModuleData]
    validTimeInterval: TimeInterval
    valueAddedModuleData: list[ValueAddedModuleData]
    wideLogo: Image


class GiftCardClass(TypedDict, total=False):
    """Google's ``GiftCardClass``."""

    allowBarcodeRedemption: bool
    appLinkData: AppLinkData
    callbackOptions: CallbackOptions
    cardNumberLabel: str
    classTemplateInfo: ClassTemplateInfo
    countryCode: str
    enableSmartTap: bool
    eventNumberLabel: str
    heroImage: Image
    hexBackgroundColor: str
    homepageUri: Uri
    id: Required[str]
    imageModulesData: list[ImageModuleData]
    issuerName: Required[str]
    linksModuleData: LinksModuleData
    localizedCardNumberLabel: LocalizedString
    localizedEventNumberLabel: LocalizedString
    localizedIssuerName: LocalizedString
    localizedMerchantName: LocalizedString
    localizedPinLabel: LocalizedString
    merchantLocations: list[MerchantLocation]
    merchantName: str
    messages: list[Message]
    multipleDevicesAndHoldersAllowedStatus: _EventTicketClassMultipleDevicesAndHoldersAllowedStatus
    notifyPreference: _EventTicketClassNotifyPreference
    pinLabel: str
    programLogo: Image
    redemptionIssuers: list[str]
    reviewStatus: Required[_EventTicketClassReviewStatus]
    securityAnimation: SecurityAnimation
    textModulesData: list[TextModuleData]
    valueAddedModuleData: list[ValueAddedModuleData]
    viewUnlockRequirement: _EventTicketClassViewUnlockRequirement
    wideProgramLogo: Image


class GiftCardObject(TypedDict, total=False):
    """Google's ``GiftCardObject``."""

    appLinkData: AppLinkData
    balance: Money
    balanceUpdateTime: DateTime
    barcode: Barcode
    cardNumber: Required[str]
    classId: Required[str]
    disableExpirationNotification: bool
    eventNumber: str
    groupingInfo: GroupingInfo
    heroImage: Image
    id: Required[str]
    imageModulesData: list[ImageModuleData]
    infoModuleData: InfoModuleData
    linkedObjectIds: list[str]
    linksModuleData: LinksModuleData
    merchantLocations: list[MerchantLocation]
    messages: list[Message]
    notifyPreference: _EventTicketClassNotifyPreference
    passConstraints: PassConstraints
    pin: str
    rotatingBarcode: RotatingBarcode
    saveRestrictions: SaveRestrictions
    smartTapRedemptionValue: str
    state: Required[_EventTicketObjectState]
    textModulesData: list[TextModuleData]
    validTimeInterval: TimeInterval
    valueAddedModuleData: list[ValueAddedModuleData]


class GroupingInfo(TypedDict, total=False):
    """Google's ``GroupingInfo``."""

    groupingId: str
    sortIndex: int


class Image(TypedDict, total=False):
    """Google's ``Image``."""

    contentDescription: LocalizedString
    privateImageId: str
    sourceUri: ImageUri


class ImageModuleData(TypedDict, total=False):
    """Google's ``ImageModuleData``."""

    id: str
    mainImage: Image


class ImageUri(TypedDict, total=False):
    """Google's ``ImageUri``."""

    uri: str


class InfoModuleData(TypedDict, total=False):
    """Google's ``InfoModuleData``."""

    labelValueRows: list[LabelValueRow]


class LabelValue(TypedDict, total=False):
    """Google's ``LabelValue``."""

    label: str
    localizedLabel: LocalizedString
    localizedValue: LocalizedString
    value: str


class LabelValueRow(TypedDict, total=False):
    """Google's ``LabelValueRow``."""

    columns: list[LabelValue]


class LatLongPoint(TypedDict, total=False):
    """Google's ``LatLongPoint``."""

    latitude: float
    longitude: float


class LinksModuleData(TypedDict, total=False):
    """Google's ``LinksModuleData``."""

    uris: list[Uri]


class ListTemplateOverride(TypedDict, total=False):
    """Google's ``ListTemplateOverride``."""

    firstRowOption: FirstRowOption
    secondRowOption: FieldSelector


class LocalizedString(TypedDict, total=False):
    """Google's ``LocalizedString``."""

    defaultValue: TranslatedString
    translatedValues: list[TranslatedString]


class LoyaltyClass(TypedDict, total=False):
    """Google's ``LoyaltyClass``."""

    accountIdLabel: str
    accountNameLabel: str
    appLinkData: AppLinkData
    callbackOptions: CallbackOptions
    classTemplateInfo: ClassTemplateInfo
    countryCode: str
    discoverableProgram: DiscoverableProgram
    enableSmartTap: bool
    heroImage: Image
    hexBackgroundColor: str
    homepageUri: Uri
    id: Required[str]
    imageModulesData: list[ImageModuleData]
    issuerName: Required[str]
    linksModuleData: LinksModuleData
    localizedAccountIdLabel: LocalizedString
    localizedAccountNameLabel: LocalizedString
    localizedIssuerName: LocalizedString
    localizedProgramName: LocalizedString
    localizedRewardsTier: LocalizedString
    localizedRewardsTierLabel: LocalizedString
    localizedSecondaryRewardsTier: LocalizedString
    localizedSecondaryRewardsTierLabel: LocalizedString
    merchantLocations: list[MerchantLocation]
    messages: list[Message]
    multipleDevicesAndHoldersAllowedStatus: _EventTicketClassMultipleDevicesAndHoldersAllowedStatus
    notifyPreference: _EventTicketClassNotifyPreference
    programLogo: Required[Image]
    programName: Required[str]
    redemptionIssuers: list[str]
    reviewStatus: Required[_EventTicketClassReviewStatus]
    rewardsTier: str
    rewardsTierLabel: str
    secondaryRewardsTier: str
    secondaryRewardsTierLabel: str
    securityAnimation: SecurityAnimation
    textModulesData: list[TextModuleData]
    valueAddedModuleData: list[ValueAddedModuleData]
    viewUnlockRequirement: _EventTicketClassViewUnlockRequirement
    wideProgramLogo: Image


class LoyaltyObject(TypedDict, total=False):
    """Google's ``LoyaltyObject``."""

    accountId: str
    accountName: str
    appLinkData: AppLinkData
    barcode: Barcode
    classId: Required[str]
    disableExpirationNotification: bool
    groupingInfo: GroupingInfo
    heroImage: Image
    id: Required[str]
    imageModulesData: list[ImageModuleData]
    infoModuleData: InfoModuleData
    linkedObjectIds: list[str]
    linkedOfferIds: list[str]
    linksModuleData: LinksModuleData
    loyaltyPoints: LoyaltyPoints
    merchantLocations: list[MerchantLocation]
    messages: list[Message]
    notifyPreference: _EventTicketClassNotifyPreference
    passConstraints: PassConstraints
    rotatingBarcode: RotatingBarcode
    saveRestrictions: SaveRestrictions
    secondaryLoyaltyPoints: LoyaltyPoints
    smartTapRedemptionValue: str
    state: Required[_EventTicketObjectState]
    textModulesData: list[TextModuleData]
    validTimeInterval: TimeInterval
    valueAddedModuleData: list[ValueAddedModuleData]


class LoyaltyPoints(TypedDict, total=False):
    """Google's ``LoyaltyPoints``."""

    balance: Required[LoyaltyPointsBalance]
    label: str
    localizedLabel: LocalizedString


LoyaltyPointsBalance = TypedDict(  # noqa: UP013  # As a class it would hide Python's own names.
    "LoyaltyPointsBalance",
    {
        "double": "float",
        "int": "int",
        "money": "Money",
        "string": "str",
    },
    total=False,
)


class MerchantLocation(TypedDict, total=False):
    """Google's ``MerchantLocation``."""

    latitude: float
    longitude: float


class Message(TypedDict, total=False):
    """Google's ``Message``."""

    body: str
    displayInterval: TimeInterval
    header: str
    id: str
    localizedBody: LocalizedString
    localizedHeader: LocalizedString
    messageType: _MessageMessageType


class ModuleViewConstraints(TypedDict, total=False):
    """Google's ``ModuleViewConstraints``."""

    displayInterval: TimeInterval


class Money(TypedDict, total=False):
    """Google's ``Money``."""

    currencyCode: str
    micros: str


class Notifications(TypedDict, total=False):
    """Google's ``Notifications``."""

    expiryNotification: ExpiryNotification
    upcomingNotification: UpcomingNotification


class OfferClass(TypedDict, total=False):
    """Google's ``OfferClass``."""

    appLinkData: AppLinkData
    callbackOptions: CallbackOptions
    classTemplateInfo: ClassTemplateInfo
    countryCode: str
    details: str
    enableSmartTap: bool
    finePrint: str
    helpUri: Uri
    heroImage: Image
    hexBackgroundColor: str
    homepageUri: Uri
    id: Required[str]
    imageModulesData: list[ImageModuleData]
    issuerName: Required[str]
    linksModuleData: LinksModuleData
    localizedDetails: LocalizedString
    localizedFinePrint: LocalizedString
    localizedIssuerName: LocalizedString
    localizedProvider: LocalizedString
    localizedShortTitle: LocalizedString
    localizedTitle: LocalizedString
    merchantLocations: list[MerchantLocation]
    messages: list[Message]
    multipleDevicesAndHoldersAllowedStatus: _EventTicketClassMultipleDevicesAndHoldersAllowedStatus
    notifyPreference: _EventTicketClassNotifyPreference
    provider: Required[str]
    redemptionChannel: Required[_OfferClassRedemptionChannel]
    redemptionIssuers: list[str]
    reviewStatus: Required[_EventTicketClassReviewStatus]
    securityAnimation: SecurityAnimation
    shortTitle: str
    textModulesData: list[TextModuleData]
    title: Required[str]
    titleImage: Image
    valueAddedModuleData: list[ValueAddedModuleData]
    viewUnlockRequirement: _EventTicketClassViewUnlockRequirement
    wideTitleImage: Image


class OfferObject(TypedDict, total=False):
    """Google's ``OfferObject``."""

    appLinkData: AppLinkData
    barcode: Barcode
    classId: Required[str]
    disableExpirationNotification: bool
    groupingInfo: GroupingInfo
    heroImage: Image
    id: Required[str]
    imageModulesData: list[ImageModuleData]
    infoModuleData: InfoModuleData
    linkedObjectIds: list[str]
    linksModuleData: LinksModuleData
    locations: list[LatLongPoint]
    merchantLocations: list[MerchantLocation]
    messages: list[Message]
    notifyPreference: _EventTicketClassNotifyPreference
    passConstraints: PassConstraints
    rotatingBarcode: RotatingBarcode
    saveRestrictions: SaveRestrictions
    smartTapRedemptionValue: str
    state: Required[_EventTicketObjectState]
    textModulesData: list[TextModuleData]
    validTimeInterval: TimeInterval
    valueAddedModuleData: list[ValueAddedModuleData]


class PassConstraints(TypedDict, total=False):
    """Google's ``PassConstraints``."""

    nfcConstraint: list[_PassConstraintsNfcConstraint]
    screenshotEligibility: _PassConstraintsScreenshotEligibility


class PurchaseDetails(TypedDict, total=False):
    """Google's ``PurchaseDetails``."""

    accountId: str
    confirmationCode: str
    purchaseDateTime: str
    purchaseReceiptNumber: str
    ticketCost: TicketCost


class ReservationInfo(TypedDict, total=False):
    """Google's ``ReservationInfo``."""

    confirmationCode: str
    eticketNumber: str
    frequentFlyerInfo: FrequentFlyerInfo


class Resources(TypedDict, total=False):
    """Google's ``Resources``."""

    eventTicketClasses: list[EventTicketClass]
    eventTicketObjects: list[EventTicketObject]
    flightClasses: list[FlightClass]
    flightObjects: list[FlightObject]
    genericClasses: list[GenericClass]
    genericObjects: list[GenericObject]
    giftCardClasses: list[GiftCardClass]
    giftCardObjects: list[GiftCardObject]
    loyaltyClasses: list[LoyaltyClass]
    loyaltyObjects: list[LoyaltyObject]
    offerClasses: list[OfferClass]
    offerObjects: list[OfferObject]
    transitClasses: list[TransitClass]
    transitObjects: list[TransitObject]


class Review(TypedDict, total=False):
    """Google's ``Review``."""

    comments: str


class RotatingBarcode(TypedDict, total=False):
    """Google's ``RotatingBarcode``."""

    alternateText: str
    initialRotatingBarcodeValues: RotatingBarcodeValues
    renderEncoding: _BarcodeRenderEncoding
    showCodeText: LocalizedString
    totpDetails: RotatingBarcodeTotpDetails
    type: _BarcodeType
    valuePattern: str


class RotatingBarcodeTotpDetails(TypedDict, total=False):
    """Google's ``RotatingBarcodeTotpDetails``."""

    algorithm: _RotatingBarcodeTotpDetailsAlgorithm
    parameters: list[RotatingBarcodeTotpDetailsTotpParameters]
    periodMillis: str


class RotatingBarcodeTotpDetailsTotpParameters(TypedDict, total=False):
    """Google's ``RotatingBarcodeTotpDetailsTotpParameters``."""

    key: str
    valueLength: int


class RotatingBarcodeValues(TypedDict, total=False):
    """Google's ``RotatingBarcodeValues``."""

    periodMillis: Required[str]
    startDateTime: Required[str]
    values: Required[list[str]]


class SaveRestrictions(TypedDict, total=False):
    """Google's ``SaveRestrictions``."""

    restrictToEmailSha256: str


class SecurityAnimation(TypedDict, total=False):
    """Google's ``SecurityAnimation``."""

    animationType: _SecurityAnimationAnimationType


class TemplateItem(TypedDict, total=False):
    """Google's ``TemplateItem``."""

    firstValue: FieldSelector
    predefinedItem: _TemplateItemPredefinedItem
    secondValue: FieldSelector


class TextModuleData(TypedDict, total=False):
    """Google's ``TextModuleData``."""

    body: str
    header: str
    id: str
    localizedBody: LocalizedString
    localizedHeader: LocalizedString


class TicketCost(TypedDict, total=False):
    """Google's ``TicketCost``."""

    discountMessage: LocalizedString
    faceValue: Money
    purchasePrice: Money


class TicketLeg(TypedDict, total=False):
    """Google's ``TicketLeg``."""

    arrivalDateTime: str
    carriage: str
    departureDateTime: str
    destinationName: LocalizedString
    destinationStationCode: str
    fareName: LocalizedString
    originName: LocalizedString
    originStationCode: str
    platform: str
    ticketSeat: TicketSeat
    ticketSeats: list[TicketSeat]
    transitOperatorName: LocalizedString
    transitTerminusName: LocalizedString
    zone: str


class TicketRestrictions(TypedDict, total=False):
    """Google's ``TicketRestrictions``."""

    otherRestrictions: LocalizedString
    routeRestrictions: LocalizedString
    routeRestrictionsDetails: LocalizedString
    timeRestrictions: LocalizedString


class TicketSeat(TypedDict, total=False):
    """Google's ``TicketSeat``."""

    coach: str
    customFareClass: LocalizedString
    fareClass: _TicketSeatFareClass
    seat: str
    seatAssignment: LocalizedString


class TimeInterval(TypedDict, total=False):
    """Google's ``TimeInterval``."""

    end: DateTime
    start: DateTime


class TransitClass(TypedDict, total=False):
    """Google's ``TransitClass``."""

    activationOptions: ActivationOptions
    appLinkData: AppLinkData
    callbackOptions: CallbackOptions
    classTemplateInfo: ClassTemplateInfo
    countryCode: str
    customCarriageLabel: LocalizedString
    customCoachLabel: LocalizedString
    customConcessionCategoryLabel: LocalizedString
    customConfirmationCodeLabel: LocalizedString
    customDiscountMessageLabel: LocalizedString
    customFareClassLabel: LocalizedString
    customFareNameLabel: LocalizedString
    customOtherRestrictionsLabel: LocalizedString
    customPlatformLabel: LocalizedString
    customPurchaseFaceValueLabel: LocalizedString
    customPurchasePriceLabel: LocalizedString
    customPurchaseReceiptNumberLabel: LocalizedString
    customRouteRestrictionsDetailsLabel: LocalizedString
    customRouteRestrictionsLabel: LocalizedString
    customSeatLabel: LocalizedString
    customTicketNumberLabel: LocalizedString
    customTimeRestrictionsLabel: LocalizedString
    customTransitTerminusNameLabel: LocalizedString
    customZoneLabel: LocalizedString
    enableSingleLegItinerary: bool
    enableSmartTap: bool
    heroImage: Image
    hexBackgroundColor: str
    homepageUri: Uri
    id: Required[str]
    imageModulesData: list[ImageModuleData]
    issuerName: Required[str]
    languageOverride: str
    linksModuleData: LinksModuleData
    localizedIssuerName: LocalizedString
    logo: Required[Image]
    merchantLocations: list[MerchantLocation]
    messages: list[Message]
    multipleDevicesAndHoldersAllowedStatus: _EventTicketClassMultipleDevicesAndHoldersAllowedStatus
    notifyPreference: _EventTicketClassNotifyPreference
    redemptionIssuers: list[str]
    reviewStatus: Required[_EventTicketClassReviewStatus]
    securityAnimation: SecurityAnimation
    textModulesData: list[TextModuleData]
    transitOperatorName: LocalizedString
    transitType: Required[_TransitClassTransitType]
    valueAddedModuleData: list[ValueAddedModuleData]
    viewUnlockRequirement: _EventTicketClassViewUnlockRequirement
    watermark: Image
    wideLogo: Image


class TransitObject(TypedDict, total=False):
    """Google's ``TransitObject``."""

    activationStatus: ActivationStatus
    appLinkData: AppLinkData
    barcode: Barcode
    classId: Required[str]
    concessionCategory: _TransitObjectConcessionCategory
    customConcessionCategory: LocalizedString
    customTicketStatus: LocalizedString
    deviceContext: DeviceContext
    disableExpirationNotification: bool
    groupingInfo: GroupingInfo
    heroImage: Image
    hexBackgroundColor: str
    id: Required[str]
    imageModulesData: list[ImageModuleData]
    infoModuleData: InfoModuleData
    linkedObjectIds: list[str]
    linksModuleData: LinksModuleData
    merchantLocations: list[MerchantLocation]
    messages: list[Message]
    notifyPreference: _EventTicketClassNotifyPreference
    passConstraints: PassConstraints
    passengerNames: str
    passengerType: _TransitObjectPassengerType
    purchaseDetails: PurchaseDetails
    rotatingBarcode: RotatingBarcode
    saveRestrictions: SaveRestrictions
    smartTapRedemptionValue: str
    state: Required[_EventTicketObjectState]
    textModulesData: list[TextModuleData]
    ticketLeg: TicketLeg
    ticketLegs: list[TicketLeg]
    ticketNumber: str
    ticketRestrictions: TicketRestrictions
    ticketStatus: _TransitObjectTicketStatus
    tripId: str
    tripType: Required[_TransitObjectTripType]
    validTimeInterval: TimeInterval
    valueAddedModuleData: list[ValueAddedModuleData]


class TranslatedString(TypedDict, total=False):
    """Google's ``TranslatedString``."""

    language: str
    value: str


class UpcomingNotification(TypedDict, total=False):
    """Google's ``UpcomingNotification``."""

    enableNotification: bool


class Uri(TypedDict, total=False):
    """Google's ``Uri``."""

    description: str
    id: str
    localizedDescription: LocalizedString
    uri: str


class ValueAddedModuleData(TypedDict, total=False):
    """Google's ``ValueAddedModuleData``."""

    body: LocalizedString
    header: LocalizedString
    image: Image
    sortIndex: int
    uri: str
    viewConstraints: ModuleViewConstraints
