using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Matching;

namespace MesoClinic.Rules.Cases;

/// <summary>A medicine of the history, identified as far as it goes: by its row, else by its ATC code.</summary>
internal sealed class Medicine
{
    private const int FullAtcLength = 7;
    private readonly string? words;
    private readonly string? taken;

    public Medicine(MedicationFact fact, int index, Catalogue catalogue)
    {
        Fact = fact;
        Index = index;
        var code = string.IsNullOrWhiteSpace(fact.Atc) ? null : fact.Atc.Trim().ToUpperInvariant();
        var kind = catalogue.FindMedicine(fact.Id, code);
        Row = kind.Row;
        Codes = kind.Codes;
        RowKey = kind.Key;
        Classes = kind.Classes;
        Prefixes = kind.Prefixes;
        Facts = kind.Facts;
        words = kind.Words;
        taken = kind.Taken;
        IsIdentified = Row is not null || code is { Length: FullAtcLength };
        Fingerprint = IsIdentified ? kind.Fingerprint : ~0UL;
    }

    public MedicationFact Fact { get; }
    public int Index { get; }
    public Medication? Row { get; }
    public int RowKey { get; }
    public IReadOnlyList<string> Codes { get; }

    /// <summary>Keys of the row's classes; for a code outside the table, of the classes whose prefixes it bears.</summary>
    public int[] Classes { get; }

    /// <summary>Keys of the ATC prefixes that its codes bear.</summary>
    public int[] Prefixes { get; }

    /// <summary>Everything about it that rules wait for.</summary>
    public int[] Facts { get; }

    /// <summary>Its name, for use inside a sentence: "rivaroxaban (B01AF01)".</summary>
    public string Words => words ?? Sentences.Medicine(Fact.Name ?? "a medicine", Codes);

    /// <summary>The sentence that it is taken.</summary>
    public string Taken => taken ?? Sentences.Takes(Words);

    /// <summary>Of its row, classes and prefixes; full for one that could be anything.</summary>
    public ulong Fingerprint { get; }

    /// <summary>False for a name alone, and for a code that names only a group: whether it matches a rule cannot be told.</summary>
    public bool IsIdentified { get; }

    /// <summary>Field path in the request, such as "medications[0]".</summary>
    public string Path => $"medications[{Index}]";

    /// <summary>Two records of one medicine, not two medicines.</summary>
    public static bool AreSame(Medicine a, Medicine b) => ReferenceEquals(a, b) || string.Equals(a.Name ?? a.Path, b.Name ?? b.Path, StringComparison.Ordinal);

    public bool IsTakenOn(DateOnly date) => Fact.LastDose.Kind == LastDoseKind.StillTaken || (Fact.LastDose.Kind == LastDoseKind.OnDate && Fact.LastDose.Date > date);

    private string? Name => Row?.Id ?? (Codes.Count > 0 ? Codes[0] : null);
}

/// <summary>What a row of the table, or a code outside it, says about a medicine.</summary>
/// <param name="Words">Its name, for use inside a sentence; null when only the record can have one.</param>
internal sealed record MedicineKind(Medication? Row, int Key, IReadOnlyList<string> Codes, int[] Classes, int[] Prefixes, int[] Facts, string? Words)
{
    /// <summary>The sentence that it is taken; null when only the record can name it.</summary>
    public string? Taken { get; } = Words is null ? null : Sentences.Takes(Words);

    /// <summary>Of everything by which a predicate can mean it.</summary>
    public ulong Fingerprint { get; } = KeySets.Fingerprint([Key, .. Classes, .. Prefixes]);
}
