using System.Globalization;
using System.Text.Json;
using MesoClinic.Domain.Photos;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;

namespace MesoClinic.Application.Sessions;

/// <summary>The canonical form of a signed session: one JSON text, the same on every engine and machine, whose SHA-256 stands in the record.</summary>
internal static class SessionContent
{
    /// <summary>Forms of the text. Records are signed in the newest; what was signed in an older one verifies for ever. Since when, and what each adds: docs/decisions/0059-what-a-signature-covers.md.</summary>
    private enum Form
    {
        BeforeTheMap = 1,
        WithTheMap = 2,
        WithPhotos = 3,
        WithFindings = 4,
    }

    public static string HashOf(Session session, SessionParts parts) => HashOf(session, parts, Form.WithFindings);

    /// <summary>Whether the record still is what was signed (the first ones with replaced tubes were signed without them), and so are the consents that it rests on. In an older form it may hold nothing that the form does not know.</summary>
    public static bool Holds(Session session, SessionParts parts) =>
        FormsOf(session, parts).Any(form => session.ContentHash == HashOf(session, parts, form) || (form < Form.WithFindings && session.ContentHash == HashOf(session, parts with { ReplacedTubes = [] }, form)))
        && new[] { session.Consent, session.AnaestheticConsent }.OfType<Consent>().Concat(parts.LaterConsents).All(consent => ConsentForms.Holds(consent) != false);

    private static IEnumerable<Form> FormsOf(Session session, SessionParts parts)
    {
        yield return Form.WithFindings;
        if (!KnowsNoLabel(session, parts))
        {
            yield break;
        }

        yield return Form.WithPhotos;
        if (session is { AnaestheticConsentId: null, AssessmentId: null } && KnowsNothingNewer(session) && session.Areas.TrueForAll(area => area.Sites.TrueForAll(site => site.Drawn is null)))
        {
            yield return Form.WithTheMap;
        }

        if (KnowsNoMap(session) && KnowsNothingNewer(session))
        {
            yield return Form.BeforeTheMap;
        }
    }

    private static bool KnowsNoLabel(Session session, SessionParts parts) =>
        session.Cocktail.TrueForAll(line => line is { LabelFreeOf: null, CompositionVerified: null }) && parts.ReplacedTubes.All(tube => tube.ProductName.Length == 0);

    private static bool KnowsNothingNewer(Session session) => KnowsNoTube(session) && session.LaterConsents.Count == 0;

    private static bool KnowsNoTube(Session session) => session is { CreamLotId: null, CreamName: "", CreamTubeEmpty: false };

    private static bool KnowsNoMap(Session session) => session.Areas.TrueForAll(area => area.Sites.Count == 0)
        && session is { PainScore: null, AnaestheticCream: null, ObservedMinutes: null, StepsLeftOut: "", Reactions.Count: 0, AnaestheticConsentId: null, AssessmentId: null };

    private static string HashOf(Session session, SessionParts parts, Form form) => ContentHash.Hex(JsonSerializer.Serialize<object?[]>(
    [
        $"session/{form:D}", session.Id, session.AppointmentId, session.PatientId, session.PractitionerId, session.Number,
        session.Indication, session.Technique, session.Administration,
        Number(session.NeedleOuterDiameterMm), Number(session.DepthMm), Number(session.VolumePerInjectionMl), session.Points, session.InjectionSpeed, session.Notes,
        session.NewSealedAmpoules, session.AsepsisDone.Order(StringComparer.Ordinal), session.Acknowledged.Order(StringComparer.Ordinal),
        .. form < Form.WithTheMap ? [] : new object?[]
        {
            session.PainScore, session.AnaestheticCream, session.ObservedMinutes, session.StepsLeftOut,
            session.Reactions.Select(reaction => new object?[] { Instant(reaction.AtUtc), reaction.Complication, reaction.Text, reaction.Action }),
        },
        session.Areas.OrderBy(a => a.Area, StringComparer.Ordinal).Select(area => form < Form.WithTheMap ? area.Area : (object)new object[] { area.Area, area.Sites.Select(site => Site(site, form)) }),
        session.Cocktail.OrderBy(line => line.Position).Select(line => Line(line, form)),
        session.ConsentId, session.Consent is { } consent ? ContentHash.Hex(consent.Text + consent.SignedName) : null,
        .. form < Form.WithPhotos ? [] : new object?[]
        {
            Signed(session.Consent, form), session.AnaestheticConsentId, Signed(session.AnaestheticConsent, form), session.AssessmentId,
            parts.Photos.OrderBy(photo => photo.Id).Select(Picture),
            parts.Overrides.OrderBy(used => used.AssessmentId).ThenBy(used => used.Override.Id).Select(Decision),
        },
        parts.Assessments.OrderBy(judged => judged.Id).Select(judged => form < Form.WithFindings ? judged.Id : (object)Judged(judged)),
        Instant(session.OpenedUtc), Instant(session.StartedUtc), Instant(session.EndedUtc), Instant(session.SignedUtc), Instant(session.AbortedUtc), session.AbortReason,

        // Only where there is one: records from before have the same form.
        .. KnowsNoTube(session) ? [] : new object?[] { new object?[] { session.CreamLotId, session.CreamName, session.CreamTubeEmpty } },
        .. session is { StoppedById: null, SignedById: null } ? [] : new object?[] { new object?[] { "in-place", session.StoppedById, session.SignedById } },
        .. parts.ReplacedTubes.Count == 0 ? [] : new object?[] { new object?[] { "replaced-tubes", parts.ReplacedTubes.OrderBy(tube => tube.LotId).Select(tube => Tube(tube, form)) } },
        .. session.LaterConsents.Count == 0 ? [] : new object?[] { session.LaterConsents.Select(later => Later(later, parts, form)) },
    ]));

    private static object?[] Later(LaterConsent later, SessionParts parts, Form form) => [later.ConsentId, Instant(later.SinceUtc), Signed(parts.LaterConsents.FirstOrDefault(consent => consent.Id == later.ConsentId), form)];

    /// <summary>What the patient signed, hashed anew: the hash beside it could be changed with it.</summary>
    private static string? Signed(Consent? consent, Form form) => form < Form.WithFindings ? consent?.ContentHash : consent is null ? null : ConsentForms.HashOf(consent);

    private static object?[] Judged(SessionParts.Judged judged) => [judged.Id, Instant(judged.AtUtc), judged.ById, judged.RuleBook, judged.Decision, ContentHash.Hex(judged.Facts), ContentHash.Hex(judged.Result)];

    private static object?[] Tube(ReplacedTube tube, Form form) => [tube.LotId, Instant(tube.AtUtc), .. form < Form.WithFindings ? [] : new object?[] { tube.ProductName }];

    private static object?[] Line(CocktailLine line, Form form) =>
    [
        line.Position, line.LotId, line.ProductName, line.LotNumber, line.LotExpiresOn?.ToString("O", CultureInfo.InvariantCulture), Number(line.VolumeMl), line.Ampoules,
        line.Ingredients.Select(i => new object?[] { i.Ingredient, Number(i.MgPerMl) }),
        .. form < Form.WithFindings ? [] : new object?[] { line.LabelFreeOf, line.CompositionVerified },

        // Only where there is one: records from before have the same form.
        .. line.Mistake is null ? [] : new object?[] { line.Mistake },
        .. line.EnteredUtc is null ? [] : new object?[] { new object?[] { "entered", Instant(line.EnteredUtc) } },
    ];

    private static object?[] Site(InjectionSite site, Form form) =>
    [
        site.View, site.Side, Number(site.DepthMm), Number(site.VolumePerPointMl), site.Done,
        site.Points.Select(point => string.Join(' ', Number(point.X), Number(point.Y), Number(point.ToX), Number(point.ToY))),
        .. form < Form.WithPhotos || site.Drawn is not { } drawn ? [] : new object?[] { drawn.Area, drawn.View, drawn.WidthMm, drawn.HeightMm, drawn.Outline },
    ];

    /// <summary>What the picture is, and not whether it may still be seen.</summary>
    private static object?[] Picture(Photo photo) => [photo.Id, photo.Moment.ToString(), photo.View, Instant(photo.TakenUtc), photo.TakenById, photo.Orientation, photo.ContentHash];

    /// <summary>What the physician decided, and not whether it was withdrawn since.</summary>
    private static object?[] Decision(SessionParts.UsedOverride used) =>
        [used.AssessmentId, used.Override.Id, used.Override.Rule, used.Override.Reason.ToString(), used.Override.Text, used.Override.GivenById, Instant(used.Override.GivenUtc)];

    /// <summary>Without the trailing zeros that one engine keeps and the other does not.</summary>
    private static string? Number(decimal? value) => value?.ToString("0.############", CultureInfo.InvariantCulture);

    private static string? Instant(DateTime? utc) => utc is { } at ? DateTime.SpecifyKind(at, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture) : null;
}
