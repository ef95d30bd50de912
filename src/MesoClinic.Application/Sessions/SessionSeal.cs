using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MesoClinic.Data;
using MesoClinic.Domain.Sessions;

namespace MesoClinic.Application.Sessions;

/// <summary>The hash of a session as it was signed: SHA-256 over its content in a fixed order. A record that was changed behind the portal's back no longer matches.</summary>
public static class SessionSeal
{
    public static string Of(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var content = new object?[]
        {
            session.Id, session.AppointmentId, session.PatientId, session.PractitionerId, session.Number, session.Indication, session.Technique, session.Administration,
            Text(session.NeedleOuterDiameterMm), Text(session.DepthMm), Text(session.VolumePerInjectionMl), session.Points, session.InjectionSpeed, session.Notes,
            session.AsepsisDone, session.Areas.Select(a => a.Area).Order(StringComparer.Ordinal),
            session.Cocktail.OrderBy(l => l.Position).Select(l => new object[] { l.Position, l.LotId, Text(l.VolumeMl)!, l.Ampoules }),
            session.ConsentId, Text(session.OpenedUtc), Text(session.StartedUtc), Text(session.EndedUtc), Text(session.SignedUtc),
        };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(content, JsonColumn.Options)));
    }

    public static bool Matches(Session session) => session?.ContentHash is { } hash && hash == Of(session);

    // Trailing zeros and the clock's finer digits depend on the database.
    private static string? Text(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture);

    private static string? Text(DateTime? instant) => instant?.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}
