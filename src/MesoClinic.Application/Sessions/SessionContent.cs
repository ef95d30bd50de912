using System.Globalization;
using System.Text.Json;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;

namespace MesoClinic.Application.Sessions;

/// <summary>The canonical form of a signed session: one JSON text, the same on every engine and machine, whose SHA-256 stands in the record.</summary>
internal static class SessionContent
{
    private const string BeforeTheMap = "session/1";
    private const string WithTheMap = "session/2";

    public static string HashOf(Session session, IEnumerable<Guid> assessments) => ContentHash.Hex(Write(session, assessments, WithTheMap));

    /// <summary>Whether the record still is what was signed. One that was signed before there were points on the map has the hash of the older form, which knows of none.</summary>
    public static bool Holds(Session session, IReadOnlyList<Guid> assessments) => session.ContentHash == HashOf(session, assessments)
        || (session.Areas.TrueForAll(area => area.Sites.Count == 0) && session is { PainScore: null, AnaestheticCream: null, ObservedMinutes: null, StepsLeftOut: "", Reactions.Count: 0 } && session.ContentHash == ContentHash.Hex(Write(session, assessments, BeforeTheMap)));

    private static string Write(Session session, IEnumerable<Guid> assessments, string form) => JsonSerializer.Serialize<object?[]>(
    [
        form, session.Id, session.AppointmentId, session.PatientId, session.PractitionerId, session.Number,
        session.Indication, session.Technique, session.Administration,
        Number(session.NeedleOuterDiameterMm), Number(session.DepthMm), Number(session.VolumePerInjectionMl), session.Points, session.InjectionSpeed, session.Notes,
        session.NewSealedAmpoules, session.AsepsisDone.Order(StringComparer.Ordinal), session.Acknowledged.Order(StringComparer.Ordinal),
        .. form == BeforeTheMap ? [] : new object?[]
        {
            session.PainScore, session.AnaestheticCream, session.ObservedMinutes, session.StepsLeftOut,
            session.Reactions.Select(reaction => new object?[] { Instant(reaction.AtUtc), reaction.Complication, reaction.Text, reaction.Action }),
        },
        session.Areas.OrderBy(a => a.Area, StringComparer.Ordinal).Select(area => form == BeforeTheMap ? area.Area : (object)new object[] { area.Area, area.Sites.Select(Site) }),
        session.Cocktail.OrderBy(line => line.Position).Select(line => new object?[]
        {
            line.Position, line.LotId, line.ProductName, line.LotNumber, line.LotExpiresOn?.ToString("O", CultureInfo.InvariantCulture), Number(line.VolumeMl), line.Ampoules,
            line.Ingredients.Select(i => new object?[] { i.Ingredient, Number(i.MgPerMl) }),
        }),
        session.ConsentId, session.Consent is { } consent ? ContentHash.Hex(consent.Text + consent.SignedName) : null,
        assessments.Order(),
        Instant(session.OpenedUtc), Instant(session.StartedUtc), Instant(session.EndedUtc), Instant(session.SignedUtc), Instant(session.AbortedUtc), session.AbortReason,
    ]);

    private static object?[] Site(InjectionSite site) =>
    [
        site.View, site.Side, Number(site.DepthMm), Number(site.VolumePerPointMl), site.Done,
        site.Points.Select(point => string.Join(' ', Number(point.X), Number(point.Y), Number(point.ToX), Number(point.ToY))),
    ];

    /// <summary>Without the trailing zeros that one engine keeps and the other does not.</summary>
    private static string? Number(decimal? value) => value?.ToString("0.############", CultureInfo.InvariantCulture);

    private static string? Instant(DateTime? utc) => utc is { } at ? DateTime.SpecifyKind(at, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture) : null;
}
