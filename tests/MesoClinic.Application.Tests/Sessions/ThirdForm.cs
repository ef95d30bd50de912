using System.Globalization;
using System.Text.Json;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>How a record without photos, overrides and creams was hashed before its findings counted, written down once more: what was signed then must verify for ever.</summary>
internal static class ThirdForm
{
    public static string HashOf(Session s, IReadOnlyList<Guid> assessments) => ContentHash.Hex(JsonSerializer.Serialize(new object?[]
    {
        "session/3", s.Id, s.AppointmentId, s.PatientId, s.PractitionerId, s.Number, s.Indication, s.Technique, s.Administration,
        Number(s.NeedleOuterDiameterMm), Number(s.DepthMm), Number(s.VolumePerInjectionMl), s.Points, s.InjectionSpeed, s.Notes, s.NewSealedAmpoules,
        s.AsepsisDone.Order(StringComparer.Ordinal), s.Acknowledged.Order(StringComparer.Ordinal),
        s.PainScore, s.AnaestheticCream, s.ObservedMinutes, s.StepsLeftOut, s.Reactions.Select(r => new object?[] { Instant(r.AtUtc), r.Complication, r.Text, r.Action }),
        s.Areas.OrderBy(a => a.Area, StringComparer.Ordinal).Select(area => new object?[] { area.Area, area.Sites.Select(site => new object?[]
        {
            site.View, site.Side, Number(site.DepthMm), Number(site.VolumePerPointMl), site.Done,
            site.Points.Select(point => string.Join(' ', Number(point.X), Number(point.Y), Number(point.ToX), Number(point.ToY))),
        }) }),
        s.Cocktail.OrderBy(l => l.Position).Select(l => new object?[]
        {
            l.Position, l.LotId, l.ProductName, l.LotNumber, l.LotExpiresOn?.ToString("O", CultureInfo.InvariantCulture), Number(l.VolumeMl), l.Ampoules,
            l.Ingredients.Select(i => new object?[] { i.Ingredient, Number(i.MgPerMl) }),
        }),
        s.ConsentId, ContentHash.Hex(s.Consent!.Text + s.Consent.SignedName), s.Consent.ContentHash, null, null, s.AssessmentId, Array.Empty<object>(), Array.Empty<object>(), assessments.Order(),
        Instant(s.OpenedUtc), Instant(s.StartedUtc), Instant(s.EndedUtc), Instant(s.SignedUtc), Instant(s.AbortedUtc), s.AbortReason,
    }));

    private static string? Number(decimal? value) => value?.ToString("0.############", CultureInfo.InvariantCulture);

    private static string? Instant(DateTime? utc) => utc is { } at ? DateTime.SpecifyKind(at, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture) : null;
}
