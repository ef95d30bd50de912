using MesoClinic.Application;

namespace MesoClinic.Web.Components.Shared;

/// <summary>What a refused form says: the messages of its fields, or one sentence for the whole form.</summary>
internal static class FailureText
{
    public static IReadOnlyDictionary<string, string[]> Of(Failure failure) => failure switch
    {
        Failure.Invalid invalid => invalid.Errors,
        Failure.Conflict conflict => WholeForm(conflict.Message),
        Failure.Stale => WholeForm("Somebody else saved this meanwhile. What is stored now stands beside what you typed: compare, then save again."),
        Failure.ReasonNeeded => WholeForm("Open the chart with a reason first."),
        Failure.Forbidden => WholeForm("Your account may not do this, or you are no longer signed in. Ask the clinic's manager."),
        _ => WholeForm("This is no longer there. Go back to the list and look again."),
    };

    /// <summary>The same in one sentence, for a button without fields: the first of the messages.</summary>
    public static string Sentence(Failure failure) => Of(failure).Values.First()[0];

    private static Dictionary<string, string[]> WholeForm(string message) => new(StringComparer.Ordinal) { [""] = [message] };
}
