namespace MesoClinic.Rules.Conditions;

/// <summary>The four lists of a history: the id under which its review is kept, and its field in a request.</summary>
internal sealed record HistoryList(string Id, string Field, int Bit)
{
    public static readonly HistoryList Conditions = new("conditions", "conditions", 1);
    public static readonly HistoryList Medications = new("medications", "medications", 2);
    public static readonly HistoryList Allergies = new("allergies", "allergies", 4);
    public static readonly HistoryList Procedures = new("procedures", "events", 8);

    public static readonly HistoryList[] All = [Conditions, Medications, Allergies, Procedures];

    /// <summary>The fact that what does not stand on the list is unknown.</summary>
    public string Unlisted { get; } = $"{Id} not known";
}
