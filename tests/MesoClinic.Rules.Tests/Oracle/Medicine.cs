using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>A medicine of the history, identified as far as it goes: by its row, else by its ATC code.</summary>
internal sealed record Medicine
{
    private const int FullAtcLength = 7;

    public required MedicationFact Fact { get; init; }

    /// <summary>Field path in the request, such as "medications[0]".</summary>
    public required string Path { get; init; }
    public Medication? Row { get; init; }
    public required IReadOnlyList<string> Codes { get; init; }

    /// <summary>Classes of the row; for a code outside the table, the classes whose prefixes it bears.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>False for a name alone, and for a code that names only a group: whether it matches a rule cannot be told.</summary>
    public required bool IsIdentified { get; init; }

    /// <summary>Tells two records of the same medicine from two medicines.</summary>
    public string Key => Row?.Id ?? (Codes.Count > 0 ? Codes[0] : Path);

    public static Medicine Identify(NaiveBook book, MedicationFact fact, int index)
    {
        var code = string.IsNullOrWhiteSpace(fact.Atc) ? null : fact.Atc.Trim().ToUpperInvariant();
        var row = fact.Id is null ? null : book.Medications.GetValueOrDefault(fact.Id);
        row ??= code is null ? null : book.MedicationsByAtc.GetValueOrDefault(code);
        IReadOnlyList<string> codes = code is null ? row?.Atc ?? [] : [code];
        return new Medicine
        {
            Fact = fact,
            Path = $"medications[{index}]",
            Row = row,
            Codes = codes,
            Classes = row?.Classes ?? ClassesOf(book, codes),
            IsIdentified = row is not null || code is { Length: FullAtcLength },
        };
    }

    public bool HasCode(IReadOnlyList<string> prefixes) => prefixes.Any(prefix => Codes.Any(code => code.StartsWith(prefix, StringComparison.Ordinal)));

    private static string[] ClassesOf(NaiveBook book, IReadOnlyList<string> codes) =>
        [.. book.Knowledge.MedicineClasses.Where(c => codes.Any(code => Bears(code, c.AtcPrefixes) && !Bears(code, c.ExcludeAtcPrefixes))).Select(c => c.Id)];

    private static bool Bears(string code, IReadOnlyList<string> prefixes) => prefixes.Any(prefix => code.StartsWith(prefix, StringComparison.Ordinal));
}
