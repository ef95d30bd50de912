using MesoClinic.Data.Accounts;
using MesoClinic.Domain;
using MesoClinic.Domain.Audit;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Clinics;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Complications;
using MesoClinic.Domain.Courses;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Photos;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Data;

/// <summary>Everything that the clinic stores, on either engine.</summary>
public sealed class ClinicDbContext(DbContextOptions<ClinicDbContext> options) : IdentityDbContext<ClinicUser, IdentityRole<Guid>, Guid>(options)
{
    public DbSet<Clinic> Clinics => Set<Clinic>();
    public DbSet<StaffMember> Staff => Set<StaffMember>();
    public DbSet<Leave> Leave => Set<Leave>();
    public DbSet<Holiday> Holidays => Set<Holiday>();
    public DbSet<Room> Rooms => Set<Room>();
    public DbSet<Device> Devices => Set<Device>();
    public DbSet<Patient> Patients => Set<Patient>();
    public DbSet<PatientAccount> PatientAccounts => Set<PatientAccount>();
    public DbSet<PatientAssignment> PatientAssignments => Set<PatientAssignment>();
    public DbSet<ReasonedAccess> ReasonedAccesses => Set<ReasonedAccess>();
    public DbSet<ProfileChange> ProfileChanges => Set<ProfileChange>();
    public DbSet<Course> Courses => Set<Course>();
    public DbSet<Appointment> Appointments => Set<Appointment>();
    public DbSet<WaitlistEntry> Waitlist => Set<WaitlistEntry>();
    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();
    public DbSet<SlotClaim> SlotClaims => Set<SlotClaim>();
    public DbSet<StoredAssessment> Assessments => Set<StoredAssessment>();
    public DbSet<Override> Overrides => Set<Override>();
    public DbSet<OverrideUse> OverrideUses => Set<OverrideUse>();
    public DbSet<FiredRule> FiredRules => Set<FiredRule>();
    public DbSet<RuleSignOff> RuleSignOffs => Set<RuleSignOff>();
    public DbSet<RuleDraft> RuleDrafts => Set<RuleDraft>();
    public DbSet<RuleBookVersion> RuleBookVersions => Set<RuleBookVersion>();
    public DbSet<SafetyTask> SafetyTasks => Set<SafetyTask>();
    public DbSet<Rescreening> Rescreenings => Set<Rescreening>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<CocktailLine> CocktailLines => Set<CocktailLine>();
    public DbSet<ReplacedTube> ReplacedTubes => Set<ReplacedTube>();
    public DbSet<Consent> Consents => Set<Consent>();
    public DbSet<ConsentText> ConsentTexts => Set<ConsentText>();
    public DbSet<Photo> Photos => Set<Photo>();
    public DbSet<Product> Products => Set<Product>();
    public DbSet<Lot> Lots => Set<Lot>();
    public DbSet<StockMovement> StockMovements => Set<StockMovement>();
    public DbSet<LotRecall> LotRecalls => Set<LotRecall>();
    public DbSet<RecallContact> RecallContacts => Set<RecallContact>();
    public DbSet<Recipe> Recipes => Set<Recipe>();
    public DbSet<AllergyTest> AllergyTests => Set<AllergyTest>();
    public DbSet<Complication> Complications => Set<Complication>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<AuditHead> AuditHeads => Set<AuditHead>();
    public DbSet<RecordCheckRun> RecordCheckRuns => Set<RecordCheckRun>();
    public DbSet<ProcessedCommand> ProcessedCommands => Set<ProcessedCommand>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ClinicDbContext).Assembly);

        foreach (var versioned in builder.Model.GetEntityTypes().Where(type => typeof(IVersioned).IsAssignableFrom(type.ClrType)).ToList())
        {
            builder.Entity(versioned.ClrType).Property<Guid>(nameof(IVersioned.Version)).IsConcurrencyToken();
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTime>();
        configurationBuilder.Properties<decimal>().HavePrecision(12, 4);
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(Limits.Code);
        configurationBuilder.Properties<string>().HaveMaxLength(Limits.Line);
    }
}
