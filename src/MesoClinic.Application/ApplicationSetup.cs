using FluentValidation;
using MediatR;
using MesoClinic.Application.Aftercare;
using MesoClinic.Application.Audit;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Clinics.Demo;
using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Complications;
using MesoClinic.Application.Courses;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Photos;
using MesoClinic.Application.Pipeline;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Sessions;
using MesoClinic.Application.Staff;
using MesoClinic.Application.Waitlist;
using MesoClinic.Rules;
using MesoClinic.Rules.Aftercare;
using MesoClinic.Rules.Triage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MesoClinic.Application;

public static class ApplicationSetup
{
    /// <summary>Registers every slice and the pipeline that all of them pass through. The order of the behaviours is the order in which they run.</summary>
    public static IServiceCollection AddClinicApplication(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DiskAlarm>();
        services.AddScoped<CurrentUser>().AddScoped<AuditTrail>().AddScoped<AuditWriter>().AddScoped<KeptAssessments>().AddScoped<CurrentClinic>().AddScoped<ClinicTime>().AddScoped<PatientAccess>().AddScoped<ClinicAssessor>().AddScoped<AppointmentOverrides>().AddScoped<OverridePlan>().AddScoped<OverrideViews>().AddScoped<SignOffs>().AddScoped<DemoClinic>();
        services.AddScoped<Timetable>().AddScoped<Columns>().AddScoped<RotaReader>().AddScoped<DaySearch>().AddScoped<CourseRows>().AddScoped<CourseSteps>().AddScoped<SeriesSearch>().AddScoped<WaitlistOffers>().AddScoped<OfferAnswers>().AddScoped<BookingJudgement>().AddScoped<AppointmentSteps>().AddScoped<DayList>().AddSingleton<ProvisionalSweep>().AddSingleton<CalendarChanges>().AddSingleton<SafetyNews>();
        services.AddScoped<Outbox>().AddSingleton<Mailer>().AddSingleton<OutboxSender>();
        services.AddSingleton<CurrentRuleBook>().AddScoped(provider => provider.GetRequiredService<CurrentRuleBook>().Book);
        services.AddScoped<Physicians>().AddScoped<SafetyTasks>().AddSingleton<Rescreener>().AddScoped<ReassessFuture>().AddScoped<ProfileEditing>().AddScoped<ProfileHistory>();

        services.AddScoped<OwnPatient>().AddScoped<PatientTimeline>().AddScoped<ComplicationAccess>().AddScoped<ProblemTriage>().AddScoped<SessionReview>().AddScoped<InjectionEnd>();
        services.AddScoped<Stock>().AddScoped<DraftLines>().AddScoped<SessionStock>().AddScoped<RecallReach>();
        services.AddSingleton<PhotoStore>().AddSingleton<PhotoSweep>().AddScoped<PhotoRules>();
        services.AddScoped<ConsentForms>().AddScoped<ConsentReader>().AddScoped<MySignature>();
        services.AddSingleton(provider => new AftercareBook(provider.GetRequiredService<BuiltInRules>().Book));
        services.AddSingleton(provider => new TriageTable(provider.GetRequiredService<BuiltInRules>().Book.Knowledge));
        services.AddSingleton<SetupCode>().AddScoped<Accounts>().AddScoped<OneTimeSecrets>().AddScoped<LinkAccess>().AddScoped<VerifyAuditChain.AuditVerifier>().AddScoped<RecordVerifier>().AddSingleton<RecordCheck>();

        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(LogRequests<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(RefuseWhenFull<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Authorise<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Validate<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuditAndTransaction<,>));

        foreach (var type in typeof(ApplicationSetup).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            foreach (var contract in type.GetInterfaces().Where(contract => contract.IsGenericType))
            {
                if (contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) || contract.GetGenericTypeDefinition() == typeof(IValidator<>))
                {
                    services.AddScoped(contract, type);
                }
            }
        }

        return services;
    }
}
