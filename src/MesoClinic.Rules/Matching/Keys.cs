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

    private readonly PrefixTree icd10 = new();
    private readonly PrefixTree atc = new();

    /// <summary>How many there are; they run from 0.</summary>
    public int Count { get; private set; }

    /// <summary>While a book is compiled: the key of a name, made when it is new.</summary>
    public int Of(Topic topic, string name)
    {
        ref var key = ref CollectionsMarshal.GetValueRefOrAddDefault(byTopic[(int)topic], name, out var exists);
        if (!exists)
        {
            key = Count++;
            if (topic is Topic.Icd10 or Topic.Atc)
            {
                Tree(topic).Add(topic == Topic.Icd10 ? name.ToUpperInvariant() : name, key);
            }
        }
        return key;
    }

    public int[] Of(Topic topic, IEnumerable<string> names) => [.. names.Select(name => Of(topic, name))];

    /// <summary>The key of a name; <see cref="None"/> when nothing in the book speaks of it.</summary>
    public int Find(Topic topic, string name) => byTopic[(int)topic].GetValueOrDefault(name, None);

    /// <summary>Adds the keys of all prefixes that a code begins with. ICD-10 codes are read in either case.</summary>
    public void AddPrefixes(Topic topic, string code, ref KeyBuffer found) => Tree(topic).AddPrefixesOf(code, topic == Topic.Icd10, ref found);

    /// <summary>All names of a topic with their keys.</summary>
    public IEnumerable<KeyValuePair<string, int>> Named(Topic topic) => byTopic[(int)topic];

    private PrefixTree Tree(Topic topic) => topic == Topic.Icd10 ? icd10 : atc;
}
