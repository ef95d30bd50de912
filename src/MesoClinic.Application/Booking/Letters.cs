using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using MesoClinic.Domain.Booking;

namespace MesoClinic.Application.Booking;

/// <summary>
/// The texts that patients are written: one file for each kind of message and language, under Letters/{language}. They name the clinic, the day, the time, a telephone number and a link that needs
/// signing in. Nothing else is at hand: no letter can say what somebody is treated for.
/// </summary>
internal static partial class Letters
{
    /// <summary>Written where there is no text in the patient's language yet.</summary>
    private const string Fallback = "en";
    private static readonly ConcurrentDictionary<(string Language, MessageKind Kind), Template> Templates = new();

    /// <param name="Language">The language in which it was written.</param>
    public sealed record Letter(string Language, string Subject, string Body);

    /// <param name="Language">BCP 47 tag of the patient's language.</param>
    /// <param name="WallStart">On the clinic's wall clock.</param>
    public static Letter Write(MessageKind kind, string language, string clinic, DateTime wallStart, string phone, string link)
    {
        var written = Exists(language, kind) ? language : Fallback;
        var template = Templates.GetOrAdd((written, kind), key => Template.Read(key.Language, key.Kind));
        var culture = CultureInfo.GetCultureInfo(written == Fallback ? "en-GB" : written);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["clinic"] = OneLine(clinic),
            ["date"] = wallStart.ToString(template.DateFormat, culture),
            ["time"] = wallStart.ToString("HH:mm", CultureInfo.InvariantCulture),
            ["phone"] = OneLine(phone),
            ["link"] = link,
        };
        return new Letter(written, Fill(template.Subject, values), Fill(template.Body, values));
    }

    /// <summary>What goes into a header, or into a line of a text, never begins another line.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split([.. text.Where(char.IsControl).Distinct(), ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>A placeholder that nobody fills is a bug of the template: no patient is to read it.</summary>
    private static string Fill(string text, Dictionary<string, string> values) => Placeholder().Replace(text, match => values[match.Groups["name"].Value]);

    private static bool Exists(string language, MessageKind kind) => Open(language, kind) is { } stream && Closed(stream);

    private static bool Closed(Stream stream)
    {
        stream.Dispose();
        return true;
    }

    private static Stream? Open(string language, MessageKind kind) => Assembly.GetExecutingAssembly().GetManifestResourceStream($"Letters/{language}/{kind}.txt");

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    private sealed record Template(string Subject, string DateFormat, string Body)
    {
        public static Template Read(string language, MessageKind kind)
        {
            using var reader = new StreamReader(Open(language, kind) ?? throw new InvalidOperationException($"There is no text for {kind} in {language}."));
            var (subject, date) = (Header(reader, "Subject: "), Header(reader, "Date: "));
            reader.ReadLine();
            return new Template(subject, date, reader.ReadToEnd().ReplaceLineEndings("\r\n"));
        }

        private static string Header(StreamReader reader, string name) =>
            reader.ReadLine() is { } line && line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..] : throw new InvalidOperationException($"A letter's text begins with \"{name}\".");
    }
}
