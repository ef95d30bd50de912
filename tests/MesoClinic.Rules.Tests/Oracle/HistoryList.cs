namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>The four lists of a history: the id under which its review is kept, and its field in a request.</summary>
internal sealed record HistoryList(string Id, string Field)
{
    public static readonly HistoryList Conditions = new("conditions", "conditions");
    public static readonly HistoryList Medications = new("medications", "medications");
    public static readonly HistoryList Allergies = new("allergies", "allergies");
    public static readonly HistoryList Procedures = new("procedures", "events");
}
