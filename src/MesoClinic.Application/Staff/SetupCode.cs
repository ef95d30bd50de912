using System.Security.Cryptography;
using System.Text;

namespace MesoClinic.Application.Staff;

/// <summary>While the clinic has no manager, whoever reads the console may make the first one. A new code at each start; used once.</summary>
public sealed class SetupCode
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private readonly string value = RandomNumberGenerator.GetString(Letters, 12);

    /// <summary>Whether the clinic still waits to be set up; every page then leads to the set-up page.</summary>
    public bool IsOpen { get; private set; }

    public void Open() => IsOpen = true;

    public void Close() => IsOpen = false;

    /// <summary>Dashes, spaces and lower case are forgiven.</summary>
    public bool Matches(string? typed) =>
        IsOpen && typed is not null && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(string.Concat(typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit))), Encoding.UTF8.GetBytes(value));

    /// <summary>In groups of four, as it is printed.</summary>
    public override string ToString() => string.Join('-', value.Chunk(4).Select(group => new string(group)));
}
