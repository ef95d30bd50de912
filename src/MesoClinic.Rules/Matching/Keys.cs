using System.Runtime.InteropServices;

namespace MesoClinic.Rules.Matching;

/// <summary>Numbers everything that a rule can wait for, so that a fact is looked up by name once and compared as a number ever after.</summary>
internal sealed class Keys
{
    public const int None = -1;

    /// <summary>Name of the fact that a plan field must be known and is not.</summary>
    public static string Unplanned(string field) => $"{field}=?";

    private readonly Dictionary<string, int>[] byTopic =
        [.. Enum.GetValues<Topic>().Select(topic => new Dictionary<string, int>(topic == Topic.Icd10 ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal))];

    /// <summary>How many there are; they run from 0.</summary>
    public int Count { get; private set; }

    /// <summary>While a book is compiled: the key of a name, made when it is new.</summary>
    public int Of(Topic topic, string name)
    {
        ref var key = ref CollectionsMarshal.GetValueRefOrAddDefault(byTopic[(int)topic], name, out var exists);
        if (!exists)
        {
            key = Count++;
        }
        return key;
    }

    public int[] Of(Topic topic, IEnumerable<string> names) => [.. names.Select(name => Of(topic, name))];

    /// <summary>The key of a name; <see cref="None"/> when nothing in the book speaks of it.</summary>
    public int Find(Topic topic, string name) => byTopic[(int)topic].GetValueOrDefault(name, None);

    /// <summary>Adds the keys of all prefixes that a code begins with.</summary>
    public void AddPrefixes(Topic topic, string code, ref KeyBuffer found)
    {
        var lookup = byTopic[(int)topic].GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = 1; length <= code.Length; length++)
        {
            if (lookup.TryGetValue(code.AsSpan(0, length), out var key))
            {
                found.Add(key);
            }
        }
    }

    /// <summary>All names of a topic with their keys.</summary>
    public IEnumerable<KeyValuePair<string, int>> Named(Topic topic) => byTopic[(int)topic];
}
