using System.Globalization;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>Looks a record over before the needle: stock, consent, rule book. The same review serves the preview, the start and every later change.</summary>
public sealed class SessionReview(ClinicDbContext db, ClinicAssessor assessor, ClinicTime time, RuleBook book)
{
    /// <summary>The path under which a missing consent is reported.</summary>
    public const string ConsentPath = "Consent";

    /// <summary>The path under which the missing consent to an anaesthetic is reported.</summary>
    public const string AnaestheticPath = "AnaestheticConsent";

    /// <summary>Why a cream is no line of a cocktail.</summary>
    public const string CreamPlace = "This is a cream: choose it under Prepare.";

    /// <summary>The record with all that is judged with it, its lines in their order.</summary>
    public async Task<Session?> LoadAsync(Guid sessionId, CancellationToken token)
    {
        var session = await db.Sessions
            .Include(s => s.Areas).Include(s => s.Cocktail).ThenInclude(line => line.Lot!.Product)
            .Include(s => s.CreamLot!.Product).Include(s => s.Appointment).Include(s => s.Patient).Include(s => s.Consent).Include(s => s.AnaestheticConsent).AsSplitQuery()
            .SingleOrDefaultAsync(s => s.Id == sessionId, token);
        session?.Cocktail.Sort((a, b) => a.Position.CompareTo(b.Position));
        return session;
    }

    /// <summary>The same for a command: nobody else writes to the record, signs it or adds to it until this one is done.</summary>
    public async Task<Session?> HoldAsync(Guid sessionId, CancellationToken token)
    {
        await db.Sessions.Where(s => s.Id == sessionId).HoldAsync(token);
        return await LoadAsync(sessionId, token);
    }

    /// <summary>The record as a question to the rule book, at stage start.</summary>
    public async Task<AssessmentRequest> RequestAsync(Session session, CancellationToken token)
    {
        var today = await time.TodayAsync(token);
        var request = await assessor.RequestAsync(session.PatientId, SessionPlan.Of(session), AppointmentKind.Session, today, Stage.Start, session.AppointmentId, token);
        return request with { Plan = SessionPlan.Complete(request.Plan, session, book, session.Appointment!.Minutes, today) };
    }

    /// <summary>The same while one still prepares: a step without its tick is not done yet. Whoever starts without it is refused.</summary>
    public async Task<AssessmentRequest> RequestSoFarAsync(Session session, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(session);
        var request = await RequestAsync(session, token);
        return request.Plan.AsepsisComplete == true || session.StartedUtc is not null ? request : request with { Plan = request.Plan with { AsepsisComplete = null } };
    }

    /// <summary>What stands in the way besides the rule book, by property path of the draft.</summary>
    public async Task<Dictionary<string, string[]>> ProblemsAsync(Session session, CancellationToken token)
    {
        var problems = LotProblems(session, await time.TodayAsync(token));
        if (await WhyNotConsentedAsync(session, token) is { } unsigned)
        {
            problems[ConsentPath] = [unsigned];
        }

        foreach (var (path, problem) in AmpouleCheck.Of(session))
        {
            problems.TryAdd(path, [problem]);
        }

        if (await UnconsentedAnaestheticsAsync(session, token) is { Count: > 0 } numbing)
        {
            problems[AnaestheticPath] = [$"The consent to the anaesthetic is not signed: {string.Join(", ", numbing.Select(id => book.Ingredients[id].Title))}."];
        }

        return problems;
    }

    /// <summary>What the patient has not agreed to; null when a consent covers it. Without a needle and without anything to bring into the skin there is nothing that the consent names.</summary>
    public async Task<string?> WhyNotConsentedAsync(Session session, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(session);
        return SessionPlan.IsNeedleFree(session, book) || await ConsentAsync(session, token) is not null ? null : await WhyNotCoveredAsync(session, token);
    }

    /// <summary>The newest consent that covers areas, technique and ingredients. A minor's is signed by a guardian, an adult's by themselves.</summary>
    public async Task<Consent?> ConsentAsync(Session session, CancellationToken token) => (await ConsentsAsync(session, token)).FirstOrDefault();

    private async Task<List<Consent>> ConsentsAsync(Session session, CancellationToken token)
    {
        var (areas, ingredients) = (session.Areas.ConvertAll(a => a.Area), SessionPlan.Ingredients(session));
        return areas.Count == 0 || ingredients.Count == 0 ? [] : (await ValidConsentsAsync(session.Patient!, token)).FindAll(c => c.Kind == ConsentKind.Treatment && c.Covers(areas, session.Technique, ingredients));
    }

    /// <summary>Anaesthetics in the record to which nobody has agreed.</summary>
    public async Task<IReadOnlyList<string>> UnconsentedAnaestheticsAsync(Session session, CancellationToken token)
    {
        var numbing = ConsentWording.Anaesthetics(book, SessionPlan.Ingredients(session));
        return numbing.Count == 0 || (await ToNumbingAsync(session, numbing, token)).Count > 0 ? [] : numbing;
    }

    /// <summary>Writes down on which consents the injections rest. What they began on stays; what covers an addition is added.</summary>
    /// <param name="signedUntil">Null: whenever they were signed.</param>
    public async Task KeepConsentsAsync(Session session, CancellationToken token, DateTime? signedUntil = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        var numbing = ConsentWording.Anaesthetics(book, SessionPlan.Ingredients(session));
        session.ConsentId = Keep(session, session.ConsentId, InTime(await ConsentsAsync(session, token)));
        session.AnaestheticConsentId = Keep(session, session.AnaestheticConsentId, numbing.Count == 0 ? [] : InTime(await ToNumbingAsync(session, numbing, token)));

        List<Consent> InTime(List<Consent> covering) => covering.FindAll(consent => signedUntil is null || consent.SignedUtc <= signedUntil);
    }

    /// <summary>A consent that the record rests on was taken back, and another one signed before the injections ended: what was injected since rests on that one, also where nothing was added.</summary>
    public async Task KeepRenewedAsync(Session session, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(session);
        var own = OwnConsents(session);
        if (!session.IsAborted && await db.Consents.AnyAsync(c => own.Contains(c.Id) && c.WithdrawnUtc != null, token))
        {
            await KeepConsentsAsync(session, token, signedUntil: session.EndedUtc);
        }
    }

    private static List<Guid> OwnConsents(Session session) =>
        [.. new[] { session.ConsentId, session.AnaestheticConsentId }.OfType<Guid>(), .. session.LaterConsents.Select(later => later.ConsentId)];

    /// <returns>The first consent of its kind.</returns>
    private Guid? Keep(Session session, Guid? first, List<Consent> covering)
    {
        if (session.StartedUtc is null || first is null)
        {
            return covering.FirstOrDefault()?.Id;
        }

        if (covering.Count > 0 && !covering.Exists(c => c.Id == first || session.LaterConsents.Any(later => later.ConsentId == c.Id)))
        {
            session.LaterConsents = [.. session.LaterConsents, new LaterConsent(covering[0].Id, time.UtcNow)];
        }

        return first;
    }

    private async Task<List<Consent>> ToNumbingAsync(Session session, IReadOnlyList<string> numbing, CancellationToken token) =>
        (await ValidConsentsAsync(session.Patient!, token)).FindAll(c => c.Kind == ConsentKind.Anaesthetic && c.Covers([], null, numbing));

    /// <summary>What was signed and counts today, the newest first: a minor's by a guardian, an adult's by themselves; neither withdrawn nor expired.</summary>
    public async Task<List<Consent>> ValidConsentsAsync(Patient patient, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(patient);
        var today = await time.TodayAsync(token);
        var isMinor = patient.AgeOn(today) < Ages.Adult;
        return await db.Consents.AsNoTracking().Where(c => c.PatientId == patient.Id && c.WithdrawnUtc == null && (c.ExpiresOn == null || c.ExpiresOn >= today) && c.SignedByGuardian == isMinor)
            .OrderByDescending(c => c.SignedUtc).ToListAsync(token);
    }

    /// <summary>Since when nothing more may be injected, because the patient took the consent back after the start; null while one covers what stands in the record.</summary>
    public async Task<DateTime?> ConsentWithdrawnUtcAsync(Session session, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (session.StartedUtc is not { } started)
        {
            return null;
        }

        // One that the record rests on counts whenever it was taken back: that may have been in the very moment of the start.
        var own = OwnConsents(session);
        var withdrawn = await db.Consents.Where(c => c.PatientId == session.PatientId && c.Kind != ConsentKind.Photos && (c.WithdrawnUtc >= started || own.Contains(c.Id))).MaxAsync(c => c.WithdrawnUtc, token);
        var lacks = withdrawn is not null && ((!SessionPlan.IsNeedleFree(session, book) && await ConsentAsync(session, token) is null) || (await UnconsentedAnaestheticsAsync(session, token)).Count > 0);
        return lacks ? withdrawn : null;
    }

    /// <summary>Allowed, or allowed with every caution acknowledged. Null when the needle may go in.</summary>
    /// <param name="overridden">Rules against which a physician has decided.</param>
    public static Failure? Gate(Assessment assessment, IReadOnlyList<string> overridden, IReadOnlyList<string> acknowledged)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        if (assessment.DecisionWith(overridden) > Decision.AllowWithCaution)
        {
            return new Failure.Contraindicated(assessment);
        }

        var open = assessment.Findings.Where(f => f.Action == Decision.AllowWithCaution && !acknowledged.Contains(f.Rule, StringComparer.Ordinal)).Select(f => f.Title).ToList();
        return open.Count == 0 ? null : new Failure.Invalid(nameof(SaveSessionDraft.Command.Acknowledged), $"Acknowledge first: {string.Join("; ", open)}.");
    }

    /// <summary>Why nothing of this lot may be injected on that day; null when it may.</summary>
    public static string? WhyUnusable(Lot lot, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(lot);
        return lot.RecalledUtc is not null ? $"Lot {lot.Number} is recalled ({lot.RecallReason}). It must not be used."
            : lot.ExpiresOn < day ? string.Create(CultureInfo.InvariantCulture, $"Lot {lot.Number} expired on {lot.ExpiresOn:d MMMM yyyy}. Take another lot.")
            : !lot.Product!.IsActive ? $"{lot.Product.Name} is no longer in the catalogue."
            : null;
    }

    /// <summary>Why nothing is injected through skin that had this cream on it; null when it may be. What is noted is past: it is wiped off, and its recall finds the patient whatever the record says next.</summary>
    public static string? WhyNotOnSkin(Lot tube, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(tube);
        return WhyUnusable(tube, day) is null ? null
            : tube.RecalledUtc is not null ? $"Lot {tube.Number} is recalled ({tube.RecallReason}). Wipe off what is still on the skin. Stop the session, or note the tube that you use instead; the recall finds this patient either way."
            : tube.ExpiresOn < day ? string.Create(CultureInfo.InvariantCulture, $"Lot {tube.Number} expired on {tube.ExpiresOn:d MMMM yyyy}. Wipe off what is still on the skin, then note the tube that you use instead. A recall of the expired one still finds this patient.")
            : WhyUnusable(tube, day);
    }

    /// <summary>Why nothing of this lot may go into a cocktail; null when it may.</summary>
    public static string? WhyNotMixed(Lot lot, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(lot);
        return lot.Product!.IsCream ? CreamPlace : WhyUnusable(lot, day);
    }

    /// <summary>Of what is not opened yet. A line that the injections began with is in the skin: it stays on record whatever becomes of its lot.</summary>
    private static Dictionary<string, string[]> LotProblems(Session session, DateOnly today)
    {
        var problems = new Dictionary<string, string[]>(StringComparer.Ordinal);
        for (var i = 0; i < session.Cocktail.Count; i++)
        {
            var line = session.Cocktail[i];
            if (!line.IsBegun && WhyNotTaken(line.Lot!, session.Cocktail.Where(other => other.LotId == line.LotId && !other.IsBegun).Sum(other => other.Ampoules), today) is { } problem)
            {
                problems[$"Lines[{i}].LotId"] = [problem];
            }
            else if (line is { IsBegun: true, IsJudged: false, Mistake: null } && WhyUnusable(line.Lot!, today) is { } unusableSince)
            {
                problems[$"Lines[{i}].LotId"] = [unusableSince];
            }

            if (line.VolumeMl <= 0 && line.Mistake is null)
            {
                problems[$"Lines[{i}].VolumeMl"] = ["Say how much is taken, in ml."];
            }
        }

        if (session is { StartedUtc: null, CreamLot: { } tube } && WhyNotOnSkin(tube, today) is { } unusable)
        {
            problems[nameof(SaveSessionDraft.Command.CreamLotId)] = [unusable];
        }

        return problems;
    }

    private static string? WhyNotTaken(Lot lot, int wanted, DateOnly today) => WhyNotMixed(lot, today)
        ?? (lot.AmpoulesFree >= wanted ? null
            : $"Lot {lot.Number}: {(lot.AmpoulesFree == 0 ? "none left" : string.Create(CultureInfo.InvariantCulture, $"only {lot.AmpoulesFree}"))} in stock, the record takes {wanted}.{(lot.AmpoulesOpen == 0 ? "" : $" Opened in sessions that are not signed yet: {lot.AmpoulesOpen}.")}");

    private async Task<string> WhyNotCoveredAsync(Session session, CancellationToken token)
    {
        var (areas, ingredients) = (session.Areas.ConvertAll(a => a.Area), SessionPlan.Ingredients(session));
        if (areas.Count == 0 || ingredients.Count == 0 || session.Technique is null)
        {
            return "Choose areas, technique and cocktail; then the consent to them can be signed.";
        }

        if ((await ValidConsentsAsync(session.Patient!, token)).Find(c => c.Kind == ConsentKind.Treatment) is not { } latest)
        {
            var expired = await db.Consents.AsNoTracking().Where(c => c.PatientId == session.PatientId && c.Kind == ConsentKind.Treatment && c.WithdrawnUtc == null && c.ExpiresOn != null)
                .OrderByDescending(c => c.SignedUtc).FirstOrDefaultAsync(token);
            return expired is { ExpiresOn: { } day } && day < await time.TodayAsync(token)
                ? string.Create(CultureInfo.InvariantCulture, $"The signed consent held until {day:d MMMM yyyy}. Have a new one signed.")
                : "No consent is signed for this treatment.";
        }

        var added = areas.Except(latest.Areas, StringComparer.Ordinal).Select(id => book.Areas[id].Title)
            .Concat(latest.Technique == session.Technique ? [] : [book.TitleOf(session.Technique)])
            .Concat(ingredients.Except(latest.Ingredients, StringComparer.Ordinal).Select(id => book.Ingredients.TryGetValue(id, out var known) ? known.Title : id));
        return $"The signed consent does not cover: {string.Join(", ", added)}. Have a new one signed.";
    }
}
