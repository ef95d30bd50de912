using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Photos;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Sessions;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>A signed record in which everything is filled in, the same for ever. It need not make sense; each value differs from its neighbours.</summary>
internal static class SignedExample
{
    /// <summary>The record with what is stored beside it.</summary>
    internal sealed record Whole(Session Session, SessionParts Parts);

    private static readonly DateTime Opened = new(2026, 6, 1, 9, 0, 0, DateTimeKind.Utc);

    public static Whole Record() => new(Session(), Parts());

    public static Consent Consent(int id, ConsentKind kind) => new()
    {
        Id = Id(id),
        Kind = kind,
        PatientId = Id(3),
        AppointmentId = Id(2),
        TemplateVersion = "treatment-2, guardian-1",
        Text = $"I agree ({id}).",
        Areas = ["cheeks", "forehead"],
        Technique = "tech-papular",
        Ingredients = ["ing-hyaluronic-acid", "ing-lidocaine"],
        SignedName = "Erin Example",
        Signature = "M40 120l5-12l7 3",
        SignedByGuardian = true,
        Relation = GuardianRelation.Father,
        SignedUtc = Minute(5),
        SignerId = Id(id + 1),
        WitnessId = Id(4),
        ExpiresOn = new DateOnly(2027, 6, 1),
        ContentHash = "kept beside it",
    };

    public static Addendum Addendum() => new() { Id = Id(60), SessionId = Id(1), ById = Id(4), AtUtc = Minute(90), Reason = "The lot was missing", Text = "Two ampoules of it.", LotId = Id(61), ContentHash = "kept beside it" };

    private static Session Session() => new()
    {
        Id = Id(1),
        AppointmentId = Id(2),
        PatientId = Id(3),
        PractitionerId = Id(4),
        Number = 2,
        Indication = "ind-hydration",
        Technique = "tech-papular",
        Administration = "tech-manual",
        NeedleOuterDiameterMm = 0.3m,
        DepthMm = 1.5m,
        VolumePerInjectionMl = 0.02m,
        Points = 3,
        InjectionSpeed = "slow",
        Notes = "Calm.",
        PainScore = 4,
        AnaestheticCream = true,
        CreamLotId = Id(5),
        CreamName = "Numbing cream",
        CreamTubeEmpty = true,
        ObservedMinutes = 20,
        Reactions = [new SessionReaction(Minute(30), "cx-haematoma", "A blue spot", "Pressed"), new SessionReaction(Minute(31), "", "Felt faint", "Lay down")],
        StepsLeftOut = "No mask at hand",
        AsepsisDone = ["asepsis-02", "asepsis-01"],
        NewSealedAmpoules = true,
        Acknowledged = ["ci-herpes", "ci-aspirin"],
        Areas =
        {
            new TreatedArea { SessionId = Id(1), Area = "forehead", Sites = [Site("right", new InjectionPoint(0.31m, 0.2m)), Site("left", new InjectionPoint(0.7m, 0.25m, 0.75m, 0.3m))] },
            new TreatedArea { SessionId = Id(1), Area = "cheeks", Sites = [Site("left", new InjectionPoint(0.6m, 0.5m))] },
        },
        Cocktail = { Line(0, "Hyaluron", mistake: null), Line(1, "Vitamin C", mistake: "Wrong pack scanned") },
        ConsentId = Id(20),
        Consent = Consent(20, ConsentKind.Treatment),
        AnaestheticConsentId = Id(22),
        AnaestheticConsent = Consent(22, ConsentKind.Anaesthetic),
        LaterConsents = [new LaterConsent(Id(24), Minute(26)), new LaterConsent(Id(26), Minute(27))],
        AssessmentId = Id(30),
        OpenedUtc = Opened,
        StartedUtc = Minute(25),
        EndedUtc = Minute(40),
        SignedUtc = Minute(60),
        AbortedUtc = Minute(41),
        AbortReason = "Felt faint",
        StoppedById = Id(6),
        SignedById = Id(7),
        ContentHash = "kept beside it",
        Version = Id(8),
    };

    private static SessionParts Parts() => new(
        [new(Id(31), Id(4), Minute(28), "rb-2", "Allow", "{\"facts\":2}", "{\"findings\":2}"), new(Id(30), Id(4), Minute(24), "rb-1", "AllowWithCaution", "{\"facts\":1}", "{\"findings\":1}")],
        [
            new Photo
            {
                Id = Id(40), PatientId = Id(3), SessionId = Id(1), Moment = PhotoMoment.Before, View = "face-front", TakenUtc = Minute(10), TakenById = Id(4),
                Format = PhotoFormat.Jpeg, Width = 1200, Height = 1600, Orientation = 6, Bytes = 90_000, ContentHash = "picture", File = "a.bin", Key = "key",
            },
        ],
        [new(Id(30), new Override { Id = Id(50), AppointmentId = Id(2), PatientId = Id(3), Rule = "ci-keloid", Reason = OverrideReason.ConditionStable, Text = "Years ago", Binding = "binding", AssessmentId = Id(51), GivenById = Id(9), GivenUtc = Minute(-60) })],
        [Consent(24, ConsentKind.Treatment), Consent(26, ConsentKind.Anaesthetic)])
    {
        ReplacedTubes = [new ReplacedTube { SessionId = Id(1), LotId = Id(10), AtUtc = Minute(15), ProductName = "Older cream" }],
    };

    private static InjectionSite Site(string side, InjectionPoint point) => new()
    {
        View = "face-front",
        Side = side,
        DepthMm = 2.25m,
        VolumePerPointMl = 0.015m,
        Done = true,
        Points = [point],
        Drawn = new DrawnArea("Forehead", "Face from the front", 180, 240.5, [10, 20, 30.5, 20, 20, 40]),
    };

    private static CocktailLine Line(int position, string product, string? mistake) => new()
    {
        Id = Id(70 + position),
        SessionId = Id(1),
        Position = position,
        LotId = Id(80 + position),
        VolumeMl = 1.25m + position,
        Ampoules = 1 + position,
        PatientId = Id(3),
        BegunUtc = Minute(25),
        Mistake = mistake,
        EnteredUtc = mistake is null ? Minute(45) : null,
        ProductName = product,
        LotNumber = $"L-260{position}",
        LotExpiresOn = new DateOnly(2027, 1, 31),
        Ingredients = [new ProductIngredient("ing-hyaluronic-acid", 15.5m), new ProductIngredient("exc-mannitol", null)],
        LabelFreeOf = ["alg-latex"],
        CompositionVerified = true,
    };

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    private static DateTime Minute(int minute) => Opened.AddMinutes(minute);
}
