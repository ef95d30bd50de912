using System.Security.Cryptography;
using System.Text;

namespace MesoClinic.Rules;

/// <summary>SHA-256 of some content, in lower-case hex: what tells whether it is still the same.</summary>
public static class ContentHash
{
    public static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>With the name of the algorithm before it, as rule books, rules and plans carry it: "sha256:…".</summary>
    public static string Tagged(ReadOnlySpan<byte> content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
}
