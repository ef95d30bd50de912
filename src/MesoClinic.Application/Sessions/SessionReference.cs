namespace MesoClinic.Application.Sessions;

/// <summary>A short name for a session that can be read aloud and written on a syringe; it tells nothing about anybody.</summary>
public static class SessionReference
{
    private const int Length = 8;

    /// <summary>Without letters and digits that are taken for one another.</summary>
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>"S-7K3M-9QPD", out of the random end of the session's id: forty bits.</summary>
    public static string Of(Guid sessionId)
    {
        var bytes = sessionId.ToByteArray()[^5..];
        var bits = bytes.Aggregate(0UL, (sum, next) => (sum << 8) | next);
        var text = string.Create(Length, bits, static (span, value) =>
        {
            for (var i = span.Length - 1; i >= 0; i--, value >>= 5)
            {
                span[i] = Letters[(int)(value & 31)];
            }
        });
        return $"S-{text[..4]}-{text[4..]}";
    }
}
