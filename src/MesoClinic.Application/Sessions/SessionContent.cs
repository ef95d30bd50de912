using System.Globalization;
using System.Text.Json;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;

namespace MesoClinic.Application.Sessions;

/// <summary>The canonical form of a signed session: one JSON text, the same on every engine and machine, whose SHA-256 stands in the record.</summary>
internal static class SessionContent
{
    public static string HashOf(Session session, IEnumerable<Guid> assessments) =>
        ContentHash.Hex(Write(session, assessments));

    private static string Write(Session session, IEnumerable<Guid> assessments) => JsonSerializer.Serialize(new object?[]
    {
        "session/1", session.Id, session.AppointmentId, session.PatientId, session.PractitionerId, session.Number,
        session.Indication, session.Technique, session.Administration,
        Number(session.NeedleOuterDiameterMm), Number(session.DepthMm), Number(session.VolumePerInjectionMl), session.Points, session.InjectionSpeed, session.Notes,
        session.NewSealedAmpoules, session.AsepsisDone.Order(StringComparer.Ordinal), session.Acknowledged.Order(StringComparer.Ordinal),
        session.Areas.Select(a => a.Area).Order(StringComparer.Ordinal),
        session.Cocktail.OrderBy(line => line.Position).Select(line => new object?[]
        {
            line.Position, line.LotId, line.ProductName, line.LotNumber, line.LotExpiresOn?.ToString("O", CultureInfo.InvariantCulture), Number(line.VolumeMl), line.Ampoules,
            line.Ingredients.Select(i => new object?[] { i.Ingredient, Number(i.MgPerMl) }),
        }),
        session.ConsentId, session.Consent is { } consent ? ContentHash.Hex(consent.Text + consent.SignedName) : null,
        assessments.Order(),
        Instant(session.OpenedUtc), Instant(session.StartedUtc), Instant(session.EndedUtc), Instant(session.SignedUtc), Instant(session.AbortedUtc), session.AbortReason,
    });

    /// <summary>Without the trailing zeros that one engine keeps and the other does not.</summary>
    private static string? Number(decimal? value) => value?.ToString("0.############", CultureInfo.InvariantCulture);

    private static string? Instant(DateTime? utc) => utc is { } at ? DateTime.SpecifyKind(at, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture) : null;
}
