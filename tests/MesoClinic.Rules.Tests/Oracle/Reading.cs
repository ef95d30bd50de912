using MesoClinic.Rules.Conditions;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>What a predicate or a whole rule comes to.</summary>
/// <param name="Words">When yes: the facts, in words that are made when they are asked for (a search over two years asks for none).</param>
/// <param name="Missing">When unknown: the facts that would settle it, as question ids and field paths.</param>
internal sealed record Reading(Truth Truth, IReadOnlyList<Func<string>> Words, IReadOnlyList<string> Missing)
{
    public IReadOnlyList<string> Because => [.. Words.Select(word => word())];

    internal static readonly Reading No = new(Truth.No, [], []);

    internal static readonly Reading BareYes = new(Truth.Yes, [], []);

    internal static Reading Yes(Func<string> because) => new(Truth.Yes, [because], []);

    internal static Reading Unknown(params string[] missing) => new(Truth.Unknown, [], missing);

    /// <summary>Yes as soon as one is yes; the unknown ones matter only while none is.</summary>
    internal static Reading AnyOf(IEnumerable<Reading> readings)
    {
        List<Func<string>>? because = null;
        List<string>? missing = null;
        foreach (var reading in readings)
        {
            switch (reading.Truth)
            {
                case Truth.Yes:
                    (because ??= []).AddRange(reading.Words);
                    break;
                case Truth.Unknown:
                    (missing ??= []).AddRange(reading.Missing);
                    break;
            }
        }
        return (because, missing) switch
        {
            ({ } facts, _) => facts.Count == 0 ? BareYes : new Reading(Truth.Yes, facts, []),
            (null, { } gaps) => new Reading(Truth.Unknown, [], gaps),
            _ => No,
        };
    }

    /// <summary>No as soon as one is no; then nothing that is missing matters.</summary>
    internal static Reading AllOf(params ReadOnlySpan<Reading> readings)
    {
        var truth = Truth.Yes;
        List<Func<string>> because = [];
        List<string> missing = [];
        foreach (var reading in readings)
        {
            if (reading.Truth == Truth.No)
            {
                return No;
            }
            truth = reading.Truth < truth ? reading.Truth : truth;
            because.AddRange(reading.Words);
            missing.AddRange(reading.Missing);
        }
        return truth == Truth.Yes ? new Reading(truth, because, []) : new Reading(truth, [], missing);
    }

    /// <summary>Yes becomes no and no becomes yes; what is missing stays missing.</summary>
    internal Reading Not() => Truth switch
    {
        Truth.Yes => No,
        Truth.No => BareYes,
        _ => this,
    };
}
