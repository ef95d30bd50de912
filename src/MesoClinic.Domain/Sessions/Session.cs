using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Staff;

namespace MesoClinic.Domain.Sessions;

/// <summary>What was done: where, how, how much, from which lot, by whom. Immutable once signed; corrections are addenda.</summary>
public sealed class Session : IVersioned
{
    /// <summary>What an anaesthetic cream is judged as: the cream of the ingredients' table.</summary>
    public const string CreamIngredient = "ing-lidocaine-prilocaine-cream";

    /// <summary>Injections that take longer are a slip of the pen, or a record that was left behind.</summary>
    public static readonly TimeSpan LongestInjections = TimeSpan.FromHours(6);

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Each appointment has at most one session.</summary>
    public required Guid AppointmentId { get; init; }
    public Appointment? Appointment { get; init; }
    public required Guid PatientId { get; init; }
    public Patient? Patient { get; init; }

    /// <summary>Whoever injects, records and signs; it is handed on only before the start, and stays when somebody else closes the record.</summary>
    public required Guid PractitionerId { get; set; }
    public StaffMember? Practitioner { get; init; }

    /// <summary>1 for the patient's first session of this indication.</summary>
    public required int Number { get; set; }
    public string? Indication { get; set; }
    public string? Technique { get; set; }
    public string? Administration { get; set; }

    /// <summary>In mm, as are all lengths; volumes in ml. Null = not recorded yet, or without a needle.</summary>
    public decimal? NeedleOuterDiameterMm { get; set; }

    /// <summary>Depth and volume of an injection wherever a site of the map says nothing else; what is judged are the <see cref="Totals"/>.</summary>
    public decimal? DepthMm { get; set; }
    public decimal? VolumePerInjectionMl { get; set; }

    /// <summary>The injections on the map, or the count as typed where none stands there.</summary>
    public int? Points { get; set; }

    /// <summary>"slow" or "fast".</summary>
    public string? InjectionSpeed { get; set; }
    public string Notes { get; set; } = "";

    /// <summary>Pain of the injections as the patient rates it, from 0 (none) to 10 (the worst imaginable); null = not asked.</summary>
    public int? PainScore { get; set; }

    /// <summary>Whether an anaesthetic cream lay on the skin before; null = not said. It is judged like an ingredient.</summary>
    public bool? AnaestheticCream { get; set; }

    /// <summary>The tube that the cream came from; null = no cream, or nobody wrote it down.</summary>
    public Guid? CreamLotId { get; set; }
    public Cocktails.Lot? CreamLot { get; set; }

    /// <summary>The cream's name as its label read when the injections were last judged; empty before the start, or without a lot.</summary>
    public string CreamName { get; set; } = "";

    /// <summary>The tube was used up: it leaves the stock when the record is signed.</summary>
    public bool CreamTubeEmpty { get; set; }

    /// <summary>Minutes for which the patient was watched after the injections; null = not recorded.</summary>
    public int? ObservedMinutes { get; set; }

    /// <summary>What happened to the patient during the session, in its order. Replaced as a whole.</summary>
    public IReadOnlyList<SessionReaction> Reactions { get; set; } = [];

    /// <summary>Why steps after the injections were left out; empty when none was, or nobody said.</summary>
    public string StepsLeftOut { get; set; } = "";

    /// <summary>Asepsis steps done (asepsis-01 …).</summary>
    public List<string> AsepsisDone { get; set; } = [];

    /// <summary>Every ampoule was new and sealed: confirmed by the practitioner.</summary>
    public bool NewSealedAmpoules { get; set; }

    /// <summary>Rules whose measure the practitioner acknowledged for this session.</summary>
    public List<string> Acknowledged { get; set; } = [];
    public List<TreatedArea> Areas { get; init; } = [];
    public List<CocktailLine> Cocktail { get; init; } = [];
    public List<Addendum> Addenda { get; init; } = [];

    /// <summary>The consent that the injections began on.</summary>
    public Guid? ConsentId { get; set; }
    public Consent? Consent { get; set; }

    /// <summary>The consent to the anaesthetic that is injected or lies on the skin; null without one.</summary>
    public Guid? AnaestheticConsentId { get; set; }
    public Consent? AnaestheticConsent { get; set; }

    /// <summary>Further consents on which the injections went on, because the earlier ones did not cover what was added, or had been taken back. In their order; replaced as a whole.</summary>
    public IReadOnlyList<LaterConsent> LaterConsents { get; set; } = [];

    /// <summary>The assessment that permits what stands in the record: the start's, or that of the last change which was judged and accepted.</summary>
    public Guid? AssessmentId { get; set; }
    public required DateTime OpenedUtc { get; init; }

    /// <summary>Set when the assessment at stage start permitted the needle (UTC).</summary>
    public DateTime? StartedUtc { get; set; }

    /// <summary>End of the injections; aftercare counts from here (UTC).</summary>
    public DateTime? EndedUtc { get; set; }
    public DateTime? SignedUtc { get; set; }

    /// <summary>Given up before it was signed, with the reason.</summary>
    public DateTime? AbortedUtc { get; set; }
    public string? AbortReason { get; set; }

    /// <summary>Who stopped it in the practitioner's place; null = the practitioner, or nobody.</summary>
    public Guid? StoppedById { get; set; }

    /// <summary>Who signed it in the practitioner's place, long after it was stopped; null = the practitioner, or nobody yet.</summary>
    public Guid? SignedById { get; set; }

    /// <summary>SHA-256 of the signed content, in hex.</summary>
    public string? ContentHash { get; set; }
    public Guid Version { get; set; }

    /// <summary>Takes over the assessment that permits what stands in the record, and the number of the session that it was judged as.</summary>
    public void Permit(StoredAssessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        (AssessmentId, Number) = (assessment.Id, assessment.Facts.Plan.SessionNumber ?? Number);
    }

    /// <summary>What counts as the end of injections that were stopped, as long as nobody notes it: the stop, or when even the longest would be over (UTC). Null = not begun, or not stopped.</summary>
    public DateTime? AssumedEndUtc => StartedUtc is { } started && AbortedUtc is { } stopped ? (stopped - started > LongestInjections ? started + LongestInjections : stopped) : null;

    /// <summary>Nobody noted when the injections ended. A noted end is a whole minute of the clock and lies before that, so the three times that are signed say it, also in records from before.</summary>
    public bool EndIsAssumed => EndedUtc >= AssumedEndUtc;

    public bool IsSigned => SignedUtc is not null;
    public bool IsAborted => AbortedUtc is not null;

    /// <summary>The lines that count: without those that were entered by mistake.</summary>
    public List<CocktailLine> Mixed => Cocktail.FindAll(line => line.Mistake is null);

    /// <summary>Total volume of the cocktail, in ml.</summary>
    public decimal VolumeTotalMl => Mixed.Sum(line => line.VolumeMl);

    public InjectionTotals Totals => InjectionTotals.Of(Areas, DepthMm, VolumePerInjectionMl, Points);

    /// <summary>Keeps what the labels say now, also that of the cream.</summary>
    /// <param name="ofLine">Which lines; all where nothing is said.</param>
    public void KeepLabels(Predicate<CocktailLine>? ofLine = null)
    {
        Cocktail.FindAll(ofLine ?? (_ => true)).ForEach(line => line.KeepLabels());
        CreamName = CreamLot?.Product?.Name ?? "";
    }

    /// <summary>The injections begin, and with them every line that stands in the record. Nothing is done yet, whatever was marked before.</summary>
    public void Begin(DateTime utc)
    {
        StartedUtc = utc;
        foreach (var area in Areas.Where(area => area.Sites.Any(site => site.Done)))
        {
            area.Sites = [.. area.Sites.Select(site => site with { Done = false })];
        }

        BeginLines(utc);
    }

    /// <summary>From now on these lines stay in the record: the patient may have received of each lot.</summary>
    public void BeginLines(DateTime utc)
    {
        foreach (var line in Cocktail.Where(line => !line.IsBegun))
        {
            line.Begin(PatientId, utc);
        }
    }
}

/// <summary>Something that happened to the patient during the session.</summary>
/// <param name="AtUtc">When it was noted.</param>
/// <param name="Complication">cx-…; empty for something that is not in the tables.</param>
/// <param name="Text">What was seen.</param>
/// <param name="Action">What was done about it.</param>
public sealed record SessionReaction(DateTime AtUtc, string Complication, string Text, string Action);

/// <summary>A consent on which injections went on.</summary>
/// <param name="ConsentId">A consent is never deleted.</param>
/// <param name="SinceUtc">When the first change that rests on it was accepted.</param>
public sealed record LaterConsent(Guid ConsentId, DateTime SinceUtc);

/// <summary>A treatment area of a session, with its sites on the map.</summary>
public sealed class TreatedArea
{
    public Guid SessionId { get; init; }
    public required string Area { get; init; }

    /// <summary>Replaced as a whole, never changed inside.</summary>
    public List<InjectionSite> Sites { get; set; } = [];
}

/// <summary>One product of a cocktail as mixed: from this lot, this much.</summary>
public sealed class CocktailLine
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid SessionId { get; init; }
    public required int Position { get; init; }
    public required Guid LotId { get; init; }
    public Cocktails.Lot? Lot { get; init; }

    /// <summary>In ml; 0 in a draft = not measured out yet.</summary>
    public required decimal VolumeMl { get; set; }

    /// <summary>Ampoules opened; each is used for one patient only.</summary>
    public required int Ampoules { get; set; }

    /// <summary>Who may have received of it, and since when (UTC). Both null until the injections begin with this line; then it is neither taken out nor given another lot.</summary>
    public Guid? PatientId { get; set; }
    public DateTime? BegunUtc { get; set; }

    /// <summary>Why nothing of it was injected although it stands in the record since the injections began; null = it counts. Its ampoules stay taken, and a recall of its lot still concerns the patient.</summary>
    public string? Mistake { get; set; }

    /// <summary>When it was entered although it had been used already (UTC): nobody judged it before the needle. Null = it was.</summary>
    public DateTime? EnteredUtc { get; init; }

    public bool IsBegun => BegunUtc is not null;

    /// <summary>The injections began with it after it had been judged: what becomes of its lot since then takes nothing back. Of what was entered after its use only the record is sure.</summary>
    public bool IsJudged => IsBegun && EnteredUtc is null;

    /// <summary>Product and lot as their labels read when the injections were last judged, at the latest when the session was signed; empty before the start.</summary>
    public string ProductName { get; set; } = "";
    public string LotNumber { get; set; } = "";
    public DateOnly? LotExpiresOn { get; set; }
    public List<Cocktails.ProductIngredient> Ingredients { get; set; } = [];

    /// <summary>What the label was checked to be free of (alg-…), and whether its composition was, when the injections were last judged; null before the start, and in records older than the question.</summary>
    public List<string>? LabelFreeOf { get; set; }
    public bool? CompositionVerified { get; set; }

    /// <summary>The label reads otherwise by now than when the injections were last judged; of a line older than the rest of it, the ingredients say so alone.</summary>
    public bool IsRelabelled()
    {
        var product = Lot?.Product ?? throw new InvalidOperationException("The product is not loaded.");
        return !Ingredients.SequenceEqual(product.Ingredients)
            || (CompositionVerified is { } verified && verified != product.CompositionVerified) || LabelFreeOf?.ToHashSet(StringComparer.Ordinal).SetEquals(product.LabelFreeOf) == false;
    }

    public void Begin(Guid patientId, DateTime utc) => (PatientId, BegunUtc) = (patientId, utc);

    /// <summary>Keeps what the labels say now, so that a later change of the catalogue leaves the record as it was.</summary>
    public void KeepLabels()
    {
        var lot = Lot ?? throw new InvalidOperationException("The lot is not loaded.");
        var product = lot.Product ?? throw new InvalidOperationException("The product is not loaded.");
        (ProductName, LotNumber, LotExpiresOn, Ingredients) = (product.Name, lot.Number, lot.ExpiresOn, [.. product.Ingredients]);
        (LabelFreeOf, CompositionVerified) = ([.. product.LabelFreeOf], product.CompositionVerified);
    }
}

/// <summary>A correction or addition to a signed session.</summary>
public sealed class Addendum
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid SessionId { get; init; }
    public required Guid ById { get; init; }
    public required DateTime AtUtc { get; init; }
    public required string Reason { get; init; }
    public required string Text { get; init; }

    /// <summary>A lot that the record should have named: a recall of it concerns the patient too.</summary>
    public Guid? LotId { get; init; }

    /// <summary>SHA-256 of all the above and of the signed record, in hex; empty in addenda older than the hash.</summary>
    public string ContentHash { get; set; } = "";
}
