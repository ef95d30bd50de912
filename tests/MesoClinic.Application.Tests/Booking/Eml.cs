using System.Text;
using System.Text.RegularExpressions;

namespace MesoClinic.Application.Tests.Booking;

/// <summary>A message as a mail program reads it: headers unfolded and decoded, parts decoded.</summary>
internal sealed partial class Eml
{
    private Eml(string raw)
    {
        var (head, body) = Cut(raw);
        foreach (var line in Unfold().Replace(head, " ").Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            Headers.Add((line[..colon], Decode(line[(colon + 1)..].Trim())));
        }

        var type = this["Content-Type"];
        if (Boundary().Match(type) is { Success: true } boundary)
        {
            Parts = [.. body.Split("--" + boundary.Groups["name"].Value)[1..^1].Select(part => new Eml(part.TrimStart('\r', '\n')))];
            Text = "";
        }
        else
        {
            Text = this["Content-Transfer-Encoding"] switch
            {
                "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(Whitespace().Replace(body, ""))),
                "quoted-printable" => Quoted(body.Replace("=\r\n", "", StringComparison.Ordinal)),
                _ => body,
            };
        }
    }

    public List<(string Name, string Value)> Headers { get; } = [];
    public IReadOnlyList<Eml> Parts { get; } = [];
    public string Text { get; }
    public string Body => Parts.Count > 0 ? Parts[0].Text : Text;
    public IReadOnlyList<string> Calendars => [.. Parts.Where(part => part["Content-Type"].StartsWith("text/calendar", StringComparison.Ordinal)).Select(part => part.Text)];
    public string? Calendar => Calendars.SingleOrDefault();

    public string this[string header] => string.Join("; ", Headers.Where(h => h.Name.Equals(header, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value));

    public static Eml Read(string raw) => new(raw);

    /// <summary>What was written as files, in the order of their ids.</summary>
    public static IReadOnlyList<Eml> In(string folder) => Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(file => new Eml(File.ReadAllText(file)))] : [];

    private static (string Head, string Body) Cut(string raw)
    {
        var end = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0 ? (raw, "") : (raw[..end], raw[(end + 4)..]);
    }

    private static string Decode(string header) => EncodedWord().Replace(Between().Replace(header, "?="), match =>
        match.Groups["how"].Value is "B" or "b" ? Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups["text"].Value)) : Quoted(match.Groups["text"].Value.Replace('_', ' ')));

    private static string Quoted(string text)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '=' && at + 2 < text.Length)
            {
                bytes.Add(Convert.ToByte(text.Substring(at + 1, 2), 16));
                at += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[at].ToString()));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Unfold();

    [GeneratedRegex("boundary=\"?(?<name>[^\";]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\s")]
    private static partial Regex Whitespace();

    [GeneratedRegex(@"=\?utf-8\?(?<how>[BbQq])\?(?<text>.*?)\?=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+(?==\?)")]
    private static partial Regex Between();
}
