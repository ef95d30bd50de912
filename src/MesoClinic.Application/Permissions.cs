using System.Collections.Frozen;
using MesoClinic.Data.Accounts;

namespace MesoClinic.Application;

/// <summary>What a request may need. Who may do it to <em>which</em> patient is decided in the handler.</summary>
public enum Permission
{
    /// <summary>No sign-in needed.</summary>
    Anyone,

    /// <summary>Any signed-in person, about themselves.</summary>
    OwnAccount,
    OwnRecord,
    FindPatients,
    RegisterPatients,
    OpenCharts,
    EditCharts,

    /// <summary>Telephone and e-mail of any patient, without the chart.</summary>
    CorrectContact,
    ReadCalendar,
    Book,
    CheckIn,
    RecordSessions,
    ReadComplications,
    ManageComplications,
    ReadLots,
    ManageLots,

    /// <summary>Writing down that an ampoule broke; nothing else of the stock.</summary>
    NoteBrokenAmpoules,

    /// <summary>Who received of a lot, with telephone numbers, and writing down who was told of its recall.</summary>
    HandleRecalls,
    ReadRules,

    /// <summary>A physician's override; the handler looks at the giver's qualification and the rule's policy.</summary>
    GiveOverrides,

    /// <summary>Signing rules off and approving drafts; the handler looks at the qualification.</summary>
    SignRules,

    /// <summary>Drafting, replaying and publishing the clinic's own rules.</summary>
    ManageRules,

    /// <summary>Reading the wordings of consents; the handler lets only managers and physicians publish one.</summary>
    WriteConsentTexts,

    /// <summary>Appointments that turned worse: seeing the list and closing its tasks.</summary>
    HandleSafetyTasks,
    ReadAudit,
    ManageStaff,
    ManageClinic,

    /// <summary>The JSON endpoints, by API key.</summary>
    UseApi,
}

/// <summary>Declares what a request needs; a request without it is refused.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RequiresAttribute(Permission permission) : Attribute
{
    public Permission Permission { get; } = permission;
}

/// <summary>The access table: which role holds which permission.</summary>
public static class Permissions
{
    private static readonly FrozenDictionary<string, FrozenSet<Permission>> ByRole = new Dictionary<string, FrozenSet<Permission>>(StringComparer.Ordinal)
    {
        [ClinicRoles.Cosmetologist] = Set(
            Permission.FindPatients, Permission.RegisterPatients, Permission.OpenCharts, Permission.EditCharts, Permission.ReadCalendar, Permission.Book,
            Permission.CheckIn, Permission.RecordSessions, Permission.ReadComplications, Permission.ManageComplications, Permission.ReadLots, Permission.NoteBrokenAmpoules, Permission.HandleRecalls, Permission.ReadRules,
            Permission.GiveOverrides, Permission.SignRules, Permission.WriteConsentTexts, Permission.HandleSafetyTasks),
        [ClinicRoles.Manager] = Set(
            Permission.FindPatients, Permission.RegisterPatients, Permission.CorrectContact, Permission.OpenCharts, Permission.ReadCalendar, Permission.ReadComplications, Permission.ManageComplications,
            Permission.ReadLots, Permission.ManageLots, Permission.HandleRecalls, Permission.ReadRules, Permission.ManageRules, Permission.WriteConsentTexts, Permission.HandleSafetyTasks, Permission.ReadAudit, Permission.ManageStaff, Permission.ManageClinic),
        [ClinicRoles.Patient] = Set(Permission.OwnRecord),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool Allows(IEnumerable<string> roles, Permission permission) =>
        permission == Permission.OwnAccount ? roles.Any() : roles.Any(role => ByRole.TryGetValue(role, out var granted) && granted.Contains(permission));

    public static IReadOnlyList<string> RolesWith(Permission permission) => [.. ByRole.Where(role => role.Value.Contains(permission)).Select(role => role.Key)];

    private static FrozenSet<Permission> Set(params Permission[] permissions) => permissions.ToFrozenSet();
}
