using System.Globalization;
using System.Text.Json;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>How a record was hashed before it held points, written down once more: what was signed then must verify for ever.</summary>
internal static class FirstForm
{
    public static string HashOf(Session s, IReadOnlyList<Guid> assessments) => ContentHash.Hex(JsonSerializer.Serialize(new object?[]
    {
        "session/1", s.Id, s.AppointmentId, s.PatientId, s.PractitionerId, s.Number, s.Indication, s.Technique, s.Administration,
        Number(s.NeedleOuterDiameterMm), Number(s.DepthMm), Number(s.VolumePerInjectionMl), s.Points, s.InjectionSpeed, s.Notes, s.NewSealedAmpoules,
        s.AsepsisDone.Order(StringComparer.Ordinal), s.Acknowledged.Order(StringComparer.Ordinal), s.Areas.Select(a => a.Area).Order(StringComparer.Ordinal),
        s.Cocktail.OrderBy(l => l.Position).Select(l => new object?[]
        {
            l.Position, l.LotId, l.ProductName, l.LotNumber, l.LotExpiresOn?.ToString("O", CultureInfo.InvariantCulture), Number(l.VolumeMl), l.Ampoules,
            l.Ingredients.Select(i => new object?[] { i.Ingredient, Number(i.MgPerMl) }),
        }),
        s.ConsentId, ContentHash.Hex(s.Consent!.Text + s.Consent.SignedName), assessments.Order(),
        Instant(s.OpenedUtc), Instant(s.StartedUtc), Instant(s.EndedUtc), Instant(s.SignedUtc), Instant(s.AbortedUtc), s.AbortReason,
    }));

    private static string? Number(decimal? value) => value?.ToString("0.############", CultureInfo.InvariantCulture);

    private static string? Instant(DateTime? utc) => utc is { } at ? DateTime.SpecifyKind(at, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture) : null;
}
