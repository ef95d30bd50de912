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
    /// <summary>The text that tells of more than one appointment.</summary>
    private const string Several = "Several";
    private static readonly ConcurrentDictionary<(string Language, string Name), Template> Templates = new();

    /// <param name="Language">The language in which it was written.</param>
    public sealed record Letter(string Language, string Subject, string Body);

    /// <param name="Language">BCP 47 tag of the patient's language.</param>
    /// <param name="WallStart">On the clinic's wall clock.</param>
    public static Letter Write(MessageKind kind, string language, string clinic, DateTime wallStart, string phone, string link)
    {
        var template = Find(language, kind.ToString());
        var values = Values(clinic, phone, link);
        (values["date"], values["time"]) = (template.Day(wallStart), template.Time(wallStart));
        return template.Fill(values);
    }

    /// <summary>One letter about several appointments: a line for each, with the word for what has happened to it.</summary>
    public static Letter Write(IEnumerable<(MessageKind Kind, DateTime WallStart)> several, string language, string clinic, string phone, string link)
    {
        var template = Find(language, Several);
        var values = Values(clinic, phone, link);
        values["times"] = string.Join("\r\n", several.Select(one => $"    {template.Day(one.WallStart)}, {template.Time(one.WallStart)}: {template.Words[one.Kind.ToString()]}"));
        return template.Fill(values);
    }

    /// <summary>What goes into a header, or into a line of a text, never begins another line.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split([.. text.Where(char.IsControl).Distinct(), ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static Dictionary<string, string> Values(string clinic, string phone, string link) =>
        new(StringComparer.Ordinal) { ["clinic"] = OneLine(clinic), ["phone"] = OneLine(phone), ["link"] = link };

    private static Template Find(string language, string name) => Templates.GetOrAdd((Exists(language, name) ? language : Fallback, name), key => Template.Read(key.Language, key.Name));

    private static bool Exists(string language, string name) => Open(language, name) is { } stream && Closed(stream);

    private static bool Closed(Stream stream)
    {
        stream.Dispose();
        return true;
    }

    private static Stream? Open(string language, string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream($"Letters/{language}/{name}.txt");

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    /// <param name="Words">What else stands above the text: words to be used in it, each under its name.</param>
    private sealed record Template(string Language, string Subject, string DateFormat, IReadOnlyDictionary<string, string> Words, string Body)
    {
        private CultureInfo Culture => CultureInfo.GetCultureInfo(Language == Fallback ? "en-GB" : Language);

        public static Template Read(string language, string name)
        {
            using var reader = new StreamReader(Open(language, name) ?? throw new InvalidOperationException($"There is no text for {name} in {language}."));
            var head = new Dictionary<string, string>(StringComparer.Ordinal);
            while (reader.ReadLine() is { Length: > 0 } line)
            {
                var colon = line.IndexOf(": ", StringComparison.Ordinal);
                head[line[..colon]] = line[(colon + 2)..];
            }

            return new Template(language, head["Subject"], head["Date"], head, reader.ReadToEnd().ReplaceLineEndings("\r\n"));
        }

        public string Day(DateTime wall) => wall.ToString(DateFormat, Culture);

        public string Time(DateTime wall) => wall.ToString("HH:mm", CultureInfo.InvariantCulture);

        /// <summary>A placeholder that nobody fills is a bug of the template: no patient is to read it.</summary>
        public Letter Fill(Dictionary<string, string> values) => new(Language, Fill(Subject, values), Fill(Body, values));

        private static string Fill(string text, Dictionary<string, string> values) => Placeholder().Replace(text, match => values[match.Groups["name"].Value]);
    }
}
