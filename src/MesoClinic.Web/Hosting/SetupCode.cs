using System.Security.Cryptography;

namespace MesoClinic.Web.Hosting;

/// <summary>While the clinic has no manager, whoever reads the console may make the first one. A new code at each start; used once.</summary>
internal sealed class SetupCode
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public string Value { get; } = RandomNumberGenerator.GetString(Letters, 12);

    public bool Matches(string? typed) =>
        typed is not null && CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.UTF8.GetBytes(typed.Trim().ToUpperInvariant().Replace("-", "", StringComparison.Ordinal)), System.Text.Encoding.UTF8.GetBytes(Value));

    /// <summary>In groups of four, as it is printed.</summary>
    public override string ToString() => string.Join('-', Value.Chunk(4).Select(group => new string(group)));
}
