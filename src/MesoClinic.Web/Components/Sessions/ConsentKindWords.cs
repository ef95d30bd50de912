using MesoClinic.Domain.Sessions;
using MesoClinic.Web.Components.Shared.Forms;

namespace MesoClinic.Web.Components.Sessions;

internal static class ConsentKindWords
{
    public static readonly IReadOnlyList<Choice> Relations = [new("Mother", "Mother"), new("Father", "Father"), new("LegalGuardian", "Legal guardian")];

    public static string Title(this ConsentKind kind) => kind switch
    {
        ConsentKind.Treatment => "Treatment",
        ConsentKind.Anaesthetic => "Anaesthetic",
        ConsentKind.Photos => "Photographs",
        _ => "Guardian’s declaration",
    };

    public static string Word(this GuardianRelation relation) => relation switch
    {
        GuardianRelation.Mother => "mother",
        GuardianRelation.Father => "father",
        _ => "legal guardian",
    };
}
